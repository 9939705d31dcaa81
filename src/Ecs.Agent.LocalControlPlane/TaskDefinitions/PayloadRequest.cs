using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>A task about to be handed to an agent.</summary>
public sealed record PayloadRequest
{
    /// <summary>The definition to run: a registered revision, locally the adapted one.</summary>
    public required TaskDefinition Definition { get; init; }

    /// <summary>The task's ARN; its region is that of the secrets and images that name none.</summary>
    public required string TaskArn { get; init; }

    public required string ClusterArn { get; init; }

    /// <summary><c>EC2</c>, <c>EXTERNAL</c> or <c>FARGATE</c>.</summary>
    public required string LaunchType { get; init; }

    /// <summary>The ARN of each container, in the order of the definition.</summary>
    public required ImmutableArray<string> ContainerArns { get; init; }

    /// <summary>The task group, such as <c>family:web</c> or <c>service:web</c>.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// Whether images in ECR are to be pulled with a token of ECR's. False where there is no AWS account to ask for one.
    /// </summary>
    public bool AuthenticatesWithEcr { get; init; } = true;

    /// <summary>The GPUs of the instance that are this task's, each for one container.</summary>
    public ImmutableArray<GpuAssignment> Gpus { get; init; } = [];

    /// <summary>RunTask's overrides.</summary>
    public TaskOverride? Overrides { get; init; }
}
