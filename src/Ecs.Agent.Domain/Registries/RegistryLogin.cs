namespace Ecs.Agent.Domain.Registries;

/// <summary>What a registry is told to let its images be pulled. All of it is secret, so it never prints.</summary>
public sealed record RegistryLogin
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>User name and password in one, as Docker's own configuration has them.</summary>
    public string? Auth { get; init; }

    public string? Email { get; init; }

    /// <summary>The registry that the login is for, where the caller says so.</summary>
    public string? ServerAddress { get; init; }

    public string? IdentityToken { get; init; }

    public string? RegistryToken { get; init; }

    public override string ToString() => "[redacted]";
}
