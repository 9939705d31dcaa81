using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Application.Runtime;

/// <summary>The containers of this machine, whoever made them. All throw <see cref="RuntimeException"/>.</summary>
public interface IHostContainers
{
    /// <summary>All containers, in whatever state.</summary>
    Task<ImmutableArray<HostContainer>> ListAllAsync(CancellationToken cancellationToken);

    /// <summary>When the container ended; null when it was never started, or is gone.</summary>
    Task<DateTimeOffset?> EndedAtAsync(string runtimeId, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the container and its anonymous volumes. Never by force: one that runs stays. One that is gone already is success.
    /// </summary>
    Task DiscardAsync(string runtimeId, CancellationToken cancellationToken);
}
