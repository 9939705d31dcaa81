namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>FSxWindowsFileServerAuthorizationConfig</c>.</summary>
public sealed record FSxWindowsFileServerAuthorizationConfig
{
    /// <summary>Required.</summary>
    public string? CredentialsParameter { get; init; }

    /// <summary>Required.</summary>
    public string? Domain { get; init; }
}
