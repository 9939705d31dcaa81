namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Attribute</c>.</summary>
public sealed record EcsAttribute
{
    /// <summary>Required.</summary>
    public string? Name { get; init; }

    public string? Value { get; init; }

    /// <summary>One of <c>container-instance</c>.</summary>
    public string? TargetType { get; init; }

    public string? TargetId { get; init; }
}
