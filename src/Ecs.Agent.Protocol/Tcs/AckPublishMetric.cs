namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>AckPublishMetric</c>.</summary>
public sealed record AckPublishMetric
{
    public string? Message { get; init; }
}
