namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>EBSTagSpecification</c>.</summary>
public sealed record EBSTagSpecification
{
    /// <summary>One of <c>volume</c>. Required.</summary>
    public string? ResourceType { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>One of <c>TASK_DEFINITION</c>, <c>SERVICE</c>, <c>NONE</c>.</summary>
    public string? PropagateTags { get; init; }
}
