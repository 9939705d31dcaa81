namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>AckRequest</c>.</summary>
public sealed record AckRequest
{
    public string? Cluster { get; init; }

    public string? ContainerInstance { get; init; }

    public string? MessageId { get; init; }
}
