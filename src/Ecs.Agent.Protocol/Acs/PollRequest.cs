namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>PollRequest</c>.</summary>
public sealed record PollRequest
{
    public string? Cluster { get; init; }

    public string? ContainerInstance { get; init; }

    public int? ProtocolVersion { get; init; }

    public bool? SendCredentials { get; init; }

    public int? SeqNum { get; init; }

    public long? Timeline { get; init; }

    public VersionInfo? VersionInfo { get; init; }
}
