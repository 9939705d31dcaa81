namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>RunTaskResponse</c>.</summary>
public sealed record RunTaskResponse
{
    public IReadOnlyList<TaskDescription>? Tasks { get; init; }

    public IReadOnlyList<Failure>? Failures { get; init; }
}
