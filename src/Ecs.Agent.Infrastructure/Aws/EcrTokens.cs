using System.Text;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Infrastructure.Aws.Wire;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>Amazon ECR over its own API.</summary>
internal sealed class EcrTokens(TaskServiceCalls calls, AwsEndpoints endpoints) : IEcrTokens
{
    private static readonly TimeSpan RoundTripTimeout = TimeSpan.FromSeconds(5);

    private static readonly AwsOperation<GetAuthorizationTokenRequest, GetAuthorizationTokenResponse> GetAuthorizationToken = new(
        "GetAuthorizationToken",
        AwsServicesJson.Default.GetAuthorizationTokenRequest,
        AwsServicesJson.Default.GetAuthorizationTokenResponse);

    public async Task<EcrToken> GetAuthorizationTokenAsync(
        RegistryAuthentication.Ecr registry, RoleCredentials? role, CancellationToken cancellationToken)
    {
        var target = new AwsJsonTarget(
            EndpointOf(registry), registry.Region, "ecr", "AmazonEC2ContainerRegistry_V20150921.", RoundTripTimeout);
        var request = new GetAuthorizationTokenRequest { RegistryIds = registry.RegistryId.Length == 0 ? null : [registry.RegistryId] };
        var answer = await calls.CallAsync(target, GetAuthorizationToken, request, role, cancellationToken);
        return (answer.AuthorizationData ?? []) is [{ } data, ..] && Read(data) is { } token
            ? token
            : throw new SecretStoreException($"GetAuthorizationToken: the answer holds no token for registry {registry.RegistryId}");
    }

    /// <summary>A host alone is reached over HTTPS; a URL is taken as it is.</summary>
    private Uri EndpointOf(RegistryAuthentication.Ecr registry)
    {
        if (registry.EndpointOverride.Length == 0)
        {
            return endpoints.Of(AwsService.Ecr, registry.Region);
        }

        var url = registry.EndpointOverride.Contains("://", StringComparison.Ordinal)
            ? registry.EndpointOverride
            : "https://" + registry.EndpointOverride;
        return Uri.TryCreate(url, UriKind.Absolute, out var endpoint)
            ? endpoint
            : throw new SecretStoreException($"GetAuthorizationToken: the endpointOverride {registry.EndpointOverride} is not a URL");
    }

    private static EcrToken? Read(AuthorizationData data)
    {
        if (Decode(data.AuthorizationToken) is not { } pair || pair.IndexOf(':', StringComparison.Ordinal) is not (>= 0 and var colon))
        {
            return null;
        }

        var login = new RegistryLogin { Username = pair[..colon], Password = pair[(colon + 1)..], ServerAddress = data.ProxyEndpoint };
        return new EcrToken(login, DateTimeOffset.UnixEpoch.AddSeconds(data.ExpiresAt ?? 0));
    }

    private static string? Decode(string? token)
    {
        try
        {
            return token is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
