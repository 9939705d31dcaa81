namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>StopTaskResponse</c>.</summary>
public sealed record StopTaskResponse
{
    public TaskDescription? Task { get; init; }
}
