namespace Ecs.Agent.Application.Credentials;

/// <summary>What the control plane has lent a task for one of its roles. Kept in memory only; never prints.</summary>
public sealed record RoleCredentials
{
    /// <summary>What containers and log drivers ask for them by; as good as the credentials themselves.</summary>
    public required string CredentialsId { get; init; }

    public string RoleArn { get; init; } = "";

    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    public string SessionToken { get; init; } = "";

    /// <summary>As the control plane wrote it; the agent passes it on and never judges it.</summary>
    public string Expiration { get; init; } = "";

    public override string ToString() => $"RoleCredentials {{ {RoleArn}, until {Expiration} }}";
}
