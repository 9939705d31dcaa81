namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>FSxWindowsFileServerAuthorizationConfig</c>.</summary>
public sealed record FSxWindowsFileServerAuthorizationConfig
{
    public string? CredentialsParameter { get; init; }

    public string? Domain { get; init; }
}
