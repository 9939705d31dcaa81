namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>The answer to GetSecretValue. A class, so that it never prints.</summary>
internal sealed class GetSecretValueResponse
{
    /// <summary>Null when the secret is binary.</summary>
    public string? SecretString { get; init; }
}
