using System.Collections.Immutable;
using Ecs.Agent.Application.Credentials;

namespace Ecs.Agent.Application.Secrets;

/// <summary>The Systems Manager Parameter Store.</summary>
public interface IParameterStore
{
    /// <summary>The values of these parameters, decrypted, with one call. Throws <see cref="SecretStoreException"/>.</summary>
    /// <param name="region">The region that they are kept in.</param>
    /// <param name="names">Names or ARNs, from one to ten.</param>
    /// <param name="role">Who asks; null means the container instance itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ParameterValues> GetParametersAsync(
        string region, ImmutableArray<string> names, RoleCredentials? role, CancellationToken cancellationToken);
}
