namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>FSxWindowsFileServerVolumeConfiguration</c>.</summary>
public sealed record FSxWindowsFileServerVolumeConfiguration
{
    public FSxWindowsFileServerAuthorizationConfig? AuthorizationConfig { get; init; }

    public string? FileSystemId { get; init; }

    public string? RootDirectory { get; init; }
}
