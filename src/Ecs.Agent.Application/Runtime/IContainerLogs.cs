using System.Collections.Immutable;

namespace Ecs.Agent.Application.Runtime;

/// <summary>Reads what containers write.</summary>
public interface IContainerLogs
{
    /// <summary>
    /// The container's output from its first line, ending when the container does. Empty when its log driver cannot be read back.
    /// </summary>
    IAsyncEnumerable<ContainerLogLine> FollowAsync(string runtimeId, CancellationToken cancellationToken);

    /// <summary>
    /// The last lines of what the container has written so far. Empty when its log driver cannot be read back. Throws
    /// <see cref="RuntimeException"/>.
    /// </summary>
    /// <param name="runtimeId">Whose.</param>
    /// <param name="lines">How many at most, from 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ImmutableArray<ContainerLogLine>> TailAsync(string runtimeId, int lines, CancellationToken cancellationToken);
}
