namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>StopTaskRequest</c>.</summary>
public sealed record StopTaskRequest
{
    public string? Cluster { get; init; }

    /// <summary>Required.</summary>
    public string? Task { get; init; }

    public string? Reason { get; init; }
}
