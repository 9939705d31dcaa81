namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>S3FilesVolumeConfiguration</c>.</summary>
public sealed record S3FilesVolumeConfiguration
{
    /// <summary>Required.</summary>
    public string? FileSystemArn { get; init; }

    public string? RootDirectory { get; init; }

    public int? TransitEncryptionPort { get; init; }

    public string? AccessPointArn { get; init; }
}
