namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>StartTaskResponse</c>.</summary>
public sealed record StartTaskResponse
{
    public IReadOnlyList<TaskDescription>? Tasks { get; init; }

    public IReadOnlyList<Failure>? Failures { get; init; }
}
