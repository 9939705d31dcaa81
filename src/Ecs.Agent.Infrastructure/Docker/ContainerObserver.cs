using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Reads an inspection. <c>State.Running</c> alone says whether a container runs; flags and texts are reasons only.</summary>
internal static class ContainerObserver
{
    private const string OutOfMemoryText = "Container killed due to memory usage";

    /// <summary>What is observed when Docker knows no such container.</summary>
    public static ContainerObservation Missing { get; } = new() { State = ObservedState.Missing };

    public static ContainerObservation Observe(InspectedContainer container, ContainerDefinition definition, bool excludeIpv6Bindings)
    {
        var state = container.State ?? new InspectedState();
        var observed = StateOf(state);
        var finishedAt = TimeOf(state.FinishedAt);
        return new ContainerObservation
        {
            State = observed,
            RuntimeId = container.Id,
            ExitCode = observed is not ObservedState.Running && finishedAt is not null ? state.ExitCode : null,
            CreatedAt = container.Created is { } created ? TimeOf(created) : null,
            StartedAt = TimeOf(state.StartedAt),
            FinishedAt = finishedAt,
            Health = definition.HasHealthCheck ? HealthOf(state.Health?.Status) : HealthStatus.Unknown,
            NetworkBindings = NetworkBindings.From(container.NetworkSettings?.Ports, definition.PortMappings, excludeIpv6Bindings),
            Error = ErrorOf(state),
        };
    }

    /// <summary>Docker's word for a health status.</summary>
    public static HealthStatus HealthOf(string? status) => status switch
    {
        "healthy" => HealthStatus.Healthy,
        "unhealthy" => HealthStatus.Unhealthy,
        _ => HealthStatus.Unknown,
    };

    private static ObservedState StateOf(InspectedState state)
    {
        if (state.Running)
        {
            return ObservedState.Running;
        }

        return !state.Dead && TimeOf(state.StartedAt) is null && string.IsNullOrEmpty(state.Error)
            ? ObservedState.Created
            : ObservedState.Stopped;
    }

    private static ContainerError? ErrorOf(InspectedState state)
    {
        if (state.OOMKilled)
        {
            return new ContainerError(ContainerErrorNames.OutOfMemory, OutOfMemoryText);
        }

        return string.IsNullOrEmpty(state.Error) ? null : new ContainerError(ContainerErrorNames.DockerState, state.Error);
    }

    private static DateTimeOffset? TimeOf(DateTimeOffset time) => time.Year > 1 ? time : null;
}
