namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>NackRequest</c>.</summary>
public sealed record NackRequest
{
    public string? Cluster { get; init; }

    public string? ContainerInstance { get; init; }

    public string? MessageId { get; init; }

    public string? Reason { get; init; }
}
