namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>SubmitTaskStateChangeResponse</c>.</summary>
public sealed record SubmitTaskStateChangeResponse
{
    public string? Acknowledgment { get; init; }
}
