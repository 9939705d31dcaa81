namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>Secrets Manager GetSecretValue.</summary>
internal sealed class GetSecretValueRequest
{
    public required string SecretId { get; init; }

    public string? VersionStage { get; init; }

    public string? VersionId { get; init; }
}
