using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The truth about a container: what really happened, whoever knows of it.</summary>
internal sealed class DockerContainer(
    ContainerCreation creation, string runtimeId, string imageId, ContainerScript script, DateTimeOffset createdAt)
{
    public ContainerCreation Creation { get; } = creation;

    public string RuntimeId { get; } = runtimeId;

    public string ImageId { get; } = imageId;

    public ContainerScript Script { get; } = script;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public string DockerName => Creation.DockerName;

    public string TaskArn => Creation.Task.Arn;

    public string Name => Creation.Container.Name;

    public string Label => $"{Creation.Task.Id}/{Name}";

    public ObservedState State { get; set; } = ObservedState.Created;

    public bool Runs => State == ObservedState.Running;

    /// <summary>How often it was started; also the number of the run that goes on.</summary>
    public int Starts { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int? ExitCode { get; set; }

    public bool OutOfMemory { get; set; }

    public HealthStatus Health { get; set; }

    public bool WasHealthy { get; set; }

    /// <summary>Somebody other than the agent removed it.</summary>
    public bool RemovedByForce { get; set; }

    /// <summary>Somebody other than the agent started it after its end; how that run ends is nobody's business.</summary>
    public bool StartedByOthers { get; set; }

    /// <summary>Called when the run ends or the container is removed.</summary>
    public List<Action> OnEnd { get; } = [];

    public ContainerObservation Observe() => State == ObservedState.Missing
        ? new ContainerObservation { State = ObservedState.Missing }
        : new ContainerObservation
        {
            State = State,
            RuntimeId = RuntimeId,
            ExitCode = State == ObservedState.Stopped ? ExitCode : null,
            CreatedAt = CreatedAt,
            StartedAt = StartedAt,
            FinishedAt = FinishedAt,
            Health = Runs ? Health : HealthStatus.Unknown,
            Error = OutOfMemory ? new ContainerError(ContainerErrorNames.OutOfMemory, "Container killed due to memory usage") : null,
        };
}
