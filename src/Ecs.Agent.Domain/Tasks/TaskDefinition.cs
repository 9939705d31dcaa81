using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Tasks;

/// <summary>A task as the control plane wants it: what one entry of an ACS payload says. Never changes while the task lives.</summary>
public sealed record TaskDefinition
{
    /// <summary><c>arn:partition:ecs:region:account:task/cluster/id</c>.</summary>
    public required string Arn { get; init; }

    public required string Family { get; init; }

    /// <summary>The revision of the family, as text.</summary>
    public required string Version { get; init; }

    public required ImmutableArray<ContainerDefinition> Containers { get; init; }

    public ImmutableArray<TaskVolume> Volumes { get; init; } = [];

    public NetworkMode NetworkMode { get; init; } = NetworkMode.Bridge;

    /// <summary>Whose processes the containers see.</summary>
    public NamespaceMode PidMode { get; init; }

    /// <summary>With whom the containers share System V IPC and POSIX message queues.</summary>
    public NamespaceMode IpcMode { get; init; }

    /// <summary>Task CPU limit in vCPU (0.25 is a quarter of a core); 0 means none.</summary>
    public double VCpu { get; init; }

    /// <summary>Task memory limit in MiB; 0 means none.</summary>
    public int MemoryMiB { get; init; }

    /// <summary><c>EC2</c>, <c>EXTERNAL</c>, … Tasks with <c>FARGATE</c> are not counted against the host.</summary>
    public string? LaunchType { get; init; }

    public string? ServiceName { get; init; }

    public string? Group { get; init; }

    /// <summary>
    /// What the containers ask for the task role's credentials by, as the payload had it; null without a task role. The credentials
    /// themselves are
    /// never part of a task.
    /// </summary>
    public string? TaskCredentialsId { get; init; }

    /// <summary>The same of the execution role.</summary>
    public string? ExecutionCredentialsId { get; init; }

    /// <summary>The task id: the text behind the last slash of the ARN.</summary>
    public string Id => Arn[(Arn.LastIndexOf('/') + 1)..];

    /// <summary>Not the ids of credentials: whoever knows one can have the credentials.</summary>
    public override string ToString() => $"TaskDefinition {{ {Arn} }}";
}
