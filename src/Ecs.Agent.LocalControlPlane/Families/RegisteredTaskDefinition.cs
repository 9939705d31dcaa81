using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Families;

/// <summary>One revision as it was registered, and what this machine makes of it.</summary>
internal sealed record RegisteredTaskDefinition(TaskDefinition Definition, LocalAdaptation Adaptation, ImmutableArray<Tag> Tags)
{
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";

    public string Arn => Definition.TaskDefinitionArn!;

    public bool IsActive => Definition.Status == Active;
}
