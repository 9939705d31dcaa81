using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Testing;

/// <summary>A container of a <see cref="FakeContainerRuntime"/>, as it is at one moment.</summary>
public sealed record FakeContainer
{
    /// <summary>64 hexadecimal digits.</summary>
    public required string RuntimeId { get; init; }

    /// <summary>What it was created from.</summary>
    public required ContainerCreation Creation { get; init; }

    /// <summary><see cref="ObservedState.Created"/>, <see cref="ObservedState.Running"/> or <see cref="ObservedState.Stopped"/>.</summary>
    public ObservedState State { get; init; } = ObservedState.Created;

    public int? ExitCode { get; init; }

    public bool OomKilled { get; init; }

    public HealthStatus Health { get; init; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it has written.</summary>
    public ImmutableList<ContainerLogLine> Log { get; init; } = [];

    public string DockerName => Creation.DockerName;

    /// <summary>Its name in the task.</summary>
    public string Name => Creation.Container.Name;

    public string TaskArn => Creation.Task.Arn;

    internal ContainerObservation Observe() => new()
    {
        State = State,
        RuntimeId = RuntimeId,
        ExitCode = State == ObservedState.Stopped ? ExitCode : null,
        CreatedAt = CreatedAt,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        Health = State == ObservedState.Running ? Health : HealthStatus.Unknown,
        NetworkBindings = State == ObservedState.Running ? Bindings() : [],
        Error = OomKilled ? new ContainerError(ContainerErrorNames.OutOfMemory, "Container killed due to memory usage") : null,
    };

    private ImmutableArray<NetworkBinding> Bindings() =>
    [
        .. Creation.Container.PortMappings.Where(p => p.ContainerPort > 0).Select(p => new NetworkBinding
        {
            BindIp = "0.0.0.0",
            ContainerPort = p.ContainerPort,
            HostPort = p.HostPort > 0 ? p.HostPort : 32768 + (p.ContainerPort % 28232),
            Protocol = p.Protocol,
        }),
    ];
}
