namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>InstanceStatus</c>.</summary>
public sealed record InstanceStatus
{
    public DateTimeOffset? LastStatusChange { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }

    /// <summary>One of <c>OK</c>, <c>IMPAIRED</c>, <c>INSUFFICIENT_DATA</c>, <c>INITIALIZING</c>.</summary>
    public string? Status { get; init; }

    public string? StatusReason { get; init; }

    public string? Type { get; init; }
}
