namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DescribeTasksResponse</c>.</summary>
public sealed record DescribeTasksResponse
{
    public IReadOnlyList<TaskDescription>? Tasks { get; init; }

    public IReadOnlyList<Failure>? Failures { get; init; }
}
