namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>TaskManagedEBSVolumeConfiguration</c>.</summary>
public sealed record TaskManagedEBSVolumeConfiguration
{
    public bool? Encrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public string? VolumeType { get; init; }

    public int? SizeInGiB { get; init; }

    public string? SnapshotId { get; init; }

    public int? VolumeInitializationRate { get; init; }

    public int? Iops { get; init; }

    public int? Throughput { get; init; }

    public IReadOnlyList<EBSTagSpecification>? TagSpecifications { get; init; }

    /// <summary>Required.</summary>
    public string? RoleArn { get; init; }

    public TaskManagedEBSVolumeTerminationPolicy? TerminationPolicy { get; init; }

    /// <summary>One of <c>ext3</c>, <c>ext4</c>, <c>xfs</c>, <c>ntfs</c>.</summary>
    public string? FilesystemType { get; init; }
}
