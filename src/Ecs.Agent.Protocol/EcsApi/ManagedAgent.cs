namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ManagedAgent</c>.</summary>
public sealed record ManagedAgent
{
    public DateTimeOffset? LastStartedAt { get; init; }

    /// <summary>One of <c>ExecuteCommandAgent</c>.</summary>
    public string? Name { get; init; }

    public string? Reason { get; init; }

    public string? LastStatus { get; init; }
}
