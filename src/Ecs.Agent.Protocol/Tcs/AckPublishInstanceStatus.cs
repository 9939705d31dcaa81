namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>AckPublishInstanceStatus</c>.</summary>
public sealed record AckPublishInstanceStatus
{
    public string? Message { get; init; }
}
