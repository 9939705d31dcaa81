namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>IAMRoleCredentials</c>.</summary>
public sealed record IAMRoleCredentials
{
    public string? AccessKeyId { get; init; }

    public string? CredentialScope { get; init; }

    public string? CredentialsId { get; init; }

    public string? Expiration { get; init; }

    public string? RoleArn { get; init; }

    public string? SecretAccessKey { get; init; }

    public string? SessionToken { get; init; }

    /// <summary>Never the values: they may be secrets.</summary>
    public override string ToString() => $"IAMRoleCredentials {{ CredentialsId = {CredentialsId}, RoleArn = {RoleArn}, Expiration = {Expiration} }}";
}
