using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Checkpoints.Records;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>The labels that say whose a container is. They win over a user's labels of the same name.</summary>
internal static class ContainerLabels
{
    public const string TaskArn = "com.amazonaws.ecs.task-arn";
    public const string ContainerName = "com.amazonaws.ecs.container-name";
    public const string TaskDefinitionFamily = "com.amazonaws.ecs.task-definition-family";
    public const string TaskDefinitionVersion = "com.amazonaws.ecs.task-definition-version";
    public const string Cluster = "com.amazonaws.ecs.cluster";

    /// <summary>What a container tells of its task to an agent that has lost its state; only where state is kept at all.</summary>
    public const string Recovery = "ecs-agent.recovery";

    public static IEnumerable<(string Name, string Value)> Of(ContainerCreation creation) =>
    [
        .. creation.ContainerInstanceArn is { } arn
            ? [(Recovery, RecoveryRecord.Write(arn, creation))]
            : Enumerable.Empty<(string, string)>(),
        (TaskArn, creation.Task.Arn),
        (ContainerName, creation.Container.Name),
        (TaskDefinitionFamily, creation.Task.Family),
        (TaskDefinitionVersion, creation.Task.Version),
        (Cluster, creation.Cluster),
    ];

    /// <summary>Whether a container with these labels is the one that <paramref name="creation"/> describes.</summary>
    public static bool Match(IReadOnlyDictionary<string, string>? labels, ContainerCreation creation) =>
        labels is not null
        && labels.GetValueOrDefault(TaskArn) == creation.Task.Arn
        && labels.GetValueOrDefault(ContainerName) == creation.Container.Name;
}
