namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>InstanceStatusMetadata</c>.</summary>
public sealed record InstanceStatusMetadata
{
    public string? Cluster { get; init; }

    public string? ContainerInstance { get; init; }

    public string? RequestId { get; init; }
}
