namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>RegisterContainerInstanceRequest</c>.</summary>
public sealed record RegisterContainerInstanceRequest
{
    public string? Cluster { get; init; }

    public string? InstanceIdentityDocument { get; init; }

    public string? InstanceIdentityDocumentSignature { get; init; }

    public IReadOnlyList<Resource>? TotalResources { get; init; }

    public VersionInfo? VersionInfo { get; init; }

    public string? ContainerInstanceArn { get; init; }

    public IReadOnlyList<EcsAttribute>? Attributes { get; init; }

    public IReadOnlyList<PlatformDevice>? PlatformDevices { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Sent by agents only; the public model lacks it.</summary>
    public string? ClientToken { get; init; }
}
