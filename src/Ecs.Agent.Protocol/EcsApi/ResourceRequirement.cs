namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ResourceRequirement</c>.</summary>
public sealed record ResourceRequirement
{
    /// <summary>Required.</summary>
    public string? Value { get; init; }

    /// <summary>One of <c>GPU</c>, <c>InferenceAccelerator</c>. Required.</summary>
    public string? Type { get; init; }
}
