namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ListTasksResponse</c>.</summary>
public sealed record ListTasksResponse
{
    public IReadOnlyList<string>? TaskArns { get; init; }

    public string? NextToken { get; init; }
}
