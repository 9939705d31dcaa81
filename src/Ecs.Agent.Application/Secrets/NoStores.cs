using System.Collections.Immutable;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Application.Secrets;

/// <summary>For an agent that is embedded without AWS: what is kept there cannot be had.</summary>
internal sealed class NoStores : IParameterStore, ISecretsManager, IEnvironmentFileStore, IEcrTokens
{
    public Task<ParameterValues> GetParametersAsync(
        string region, ImmutableArray<string> names, RoleCredentials? role, CancellationToken cancellationToken) =>
        throw Absent("Systems Manager");

    public Task<string?> GetSecretAsync(
        string region, ManagedSecretName secret, RoleCredentials? role, CancellationToken cancellationToken) =>
        throw Absent("Secrets Manager");

    public Task<string> DownloadAsync(TaskFolder task, S3ObjectName file, RoleCredentials? role, CancellationToken cancellationToken) =>
        throw Absent("S3");

    public Task RemoveAsync(TaskFolder task, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<EcrToken> GetAuthorizationTokenAsync(
        RegistryAuthentication.Ecr registry, RoleCredentials? role, CancellationToken cancellationToken) =>
        throw Absent("ECR");

    private static SecretStoreException Absent(string service) => new($"this agent was built without a client for {service}");
}
