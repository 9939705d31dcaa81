namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>IAMRoleCredentialsAckRequest</c>.</summary>
public sealed record IAMRoleCredentialsAckRequest
{
    public string? CredentialsId { get; init; }

    public string? Expiration { get; init; }

    public string? MessageId { get; init; }
}
