namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>EFSVolumeConfiguration</c>.</summary>
public sealed record EFSVolumeConfiguration
{
    /// <summary>Required.</summary>
    public string? FileSystemId { get; init; }

    public string? RootDirectory { get; init; }

    /// <summary>One of <c>ENABLED</c>, <c>DISABLED</c>.</summary>
    public string? TransitEncryption { get; init; }

    public int? TransitEncryptionPort { get; init; }

    public EFSAuthorizationConfig? AuthorizationConfig { get; init; }
}
