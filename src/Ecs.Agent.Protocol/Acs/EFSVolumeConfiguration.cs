namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>EFSVolumeConfiguration</c>.</summary>
public sealed record EFSVolumeConfiguration
{
    public EFSAuthorizationConfig? AuthorizationConfig { get; init; }

    public string? FileSystemId { get; init; }

    public string? RootDirectory { get; init; }

    /// <summary>One of <c>ENABLED</c>, <c>DISABLED</c>.</summary>
    public string? TransitEncryption { get; init; }

    public int? TransitEncryptionPort { get; init; }
}
