using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Application.Runtime;

/// <summary>
/// Runs containers. Every operation may be repeated: "already done" is success. All throw <see cref="RuntimeException"/>.
/// </summary>
public interface IContainerRuntime
{
    /// <summary>The runtime's version and what it can do.</summary>
    Task<RuntimeInfo> GetInfoAsync(CancellationToken cancellationToken);

    /// <summary>Creates the container and gives its id. A container of that name made by an earlier attempt is adopted.</summary>
    Task<string> CreateAsync(ContainerCreation creation, CancellationToken cancellationToken);

    /// <summary>Starts the container and looks at it once. A container that runs already, or has ended since, is success.</summary>
    Task<ContainerObservation> StartAsync(ContainerHandle container, CancellationToken cancellationToken);

    /// <summary>Looks at the container. One that does not exist is an answer (<see cref="ObservedState.Missing"/>), not an error.</summary>
    Task<ContainerObservation> InspectAsync(ContainerHandle container, CancellationToken cancellationToken);

    /// <summary>Sends the stop signal, waits up to <paramref name="gracePeriod"/> (whole seconds, at least one), kills, looks at it once.</summary>
    Task<ContainerObservation> StopAsync(ContainerHandle container, TimeSpan gracePeriod, CancellationToken cancellationToken);

    /// <summary>Removes the stopped container and its anonymous volumes.</summary>
    Task RemoveAsync(ContainerHandle container, CancellationToken cancellationToken);
}
