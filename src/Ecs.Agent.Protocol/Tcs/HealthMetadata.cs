namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>HealthMetadata</c>.</summary>
public sealed record HealthMetadata
{
    public string? Cluster { get; init; }

    public string? ContainerInstance { get; init; }

    public bool? Fin { get; init; }

    public string? MessageId { get; init; }
}
