namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>ASMAuthData</c>.</summary>
public sealed record ASMAuthData
{
    public string? CredentialsParameter { get; init; }

    public string? Region { get; init; }
}
