using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Infrastructure.Aws.Wire;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>Secrets Manager over its own API.</summary>
internal sealed class AwsSecretsManager(TaskServiceCalls calls, AwsEndpoints endpoints) : ISecretsManager
{
    private static readonly TimeSpan RoundTripTimeout = TimeSpan.FromSeconds(30);

    private static readonly AwsOperation<GetSecretValueRequest, GetSecretValueResponse> GetSecretValue = new(
        "GetSecretValue", AwsServicesJson.Default.GetSecretValueRequest, AwsServicesJson.Default.GetSecretValueResponse);

    public async Task<string?> GetSecretAsync(
        string region, ManagedSecretName secret, RoleCredentials? role, CancellationToken cancellationToken)
    {
        var target = new AwsJsonTarget(
            endpoints.Of(AwsService.SecretsManager, region), region, "secretsmanager", "secretsmanager.", RoundTripTimeout);
        var request = new GetSecretValueRequest
        {
            SecretId = secret.SecretId,
            VersionStage = NullIfEmpty(secret.VersionStage),
            VersionId = NullIfEmpty(secret.VersionId),
        };
        return (await calls.CallAsync(target, GetSecretValue, request, role, cancellationToken)).SecretString;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
