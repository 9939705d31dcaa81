namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Failure</c>.</summary>
public sealed record Failure
{
    public string? Arn { get; init; }

    public string? Reason { get; init; }

    public string? Detail { get; init; }
}
