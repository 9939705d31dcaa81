namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ManagedStorageConfiguration</c>.</summary>
public sealed record ManagedStorageConfiguration
{
    public string? KmsKeyId { get; init; }

    public string? FargateEphemeralStorageKmsKeyId { get; init; }
}
