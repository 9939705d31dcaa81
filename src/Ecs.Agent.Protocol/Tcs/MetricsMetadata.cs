namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>MetricsMetadata</c>.</summary>
public sealed record MetricsMetadata
{
    public string? Cluster { get; init; }

    public string? ContainerInstance { get; init; }

    public bool? Fin { get; init; }

    public bool? Idle { get; init; }

    public string? MessageId { get; init; }
}
