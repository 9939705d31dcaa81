using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Application.Secrets;

/// <summary>AWS Secrets Manager.</summary>
public interface ISecretsManager
{
    /// <summary>The text of a secret; null when it holds binary data. Throws <see cref="SecretStoreException"/>.</summary>
    /// <param name="region">The region that it is kept in.</param>
    /// <param name="secret">Which secret, and which version of it. The JSON key plays no part here.</param>
    /// <param name="role">Who asks; null means the container instance itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string?> GetSecretAsync(string region, ManagedSecretName secret, RoleCredentials? role, CancellationToken cancellationToken);
}
