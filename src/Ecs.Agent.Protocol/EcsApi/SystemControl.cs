namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>SystemControl</c>.</summary>
public sealed record SystemControl
{
    public string? Namespace { get; init; }

    public string? Value { get; init; }
}
