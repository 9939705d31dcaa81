namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>SubmitContainerStateChangeResponse</c>.</summary>
public sealed record SubmitContainerStateChangeResponse
{
    public string? Acknowledgment { get; init; }
}
