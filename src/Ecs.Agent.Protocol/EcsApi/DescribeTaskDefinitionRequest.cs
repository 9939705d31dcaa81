namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DescribeTaskDefinitionRequest</c>.</summary>
public sealed record DescribeTaskDefinitionRequest
{
    /// <summary>Required.</summary>
    public string? TaskDefinition { get; init; }

    public IReadOnlyList<string>? Include { get; init; }
}
