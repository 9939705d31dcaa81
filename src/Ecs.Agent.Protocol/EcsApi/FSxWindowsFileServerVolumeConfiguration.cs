namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>FSxWindowsFileServerVolumeConfiguration</c>.</summary>
public sealed record FSxWindowsFileServerVolumeConfiguration
{
    /// <summary>Required.</summary>
    public string? FileSystemId { get; init; }

    /// <summary>Required.</summary>
    public string? RootDirectory { get; init; }

    /// <summary>Required.</summary>
    public FSxWindowsFileServerAuthorizationConfig? AuthorizationConfig { get; init; }
}
