namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>AckPublishHealth</c>.</summary>
public sealed record AckPublishHealth
{
    public string? Message { get; init; }
}
