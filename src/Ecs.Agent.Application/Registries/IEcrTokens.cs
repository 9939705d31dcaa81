using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Registries;

/// <summary>Amazon ECR, as far as it lets others into its registries.</summary>
public interface IEcrTokens
{
    /// <summary>A new token (GetAuthorizationToken). Throws <see cref="SecretStoreException"/>.</summary>
    /// <param name="registry">Which registry, and where to ask.</param>
    /// <param name="role">Who asks; null means the container instance itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<EcrToken> GetAuthorizationTokenAsync(
        RegistryAuthentication.Ecr registry, RoleCredentials? role, CancellationToken cancellationToken);
}
