using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Tests.Registries;

/// <summary>Counts the tokens that it gives.</summary>
internal sealed class FakeEcr : IEcrTokens
{
    private int _asked;

    public int Asked => _asked;

    public DateTimeOffset ExpiresAt { get; set; } = DateTimeOffset.MaxValue;

    public string? Refusal { get; set; }

    /// <summary>What answers wait for.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public async Task<EcrToken> GetAuthorizationTokenAsync(
        RegistryAuthentication.Ecr registry, RoleCredentials? role, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _asked);
        await (Gate?.Task ?? Task.CompletedTask);
        return Refusal is null
            ? new EcrToken(new RegistryLogin { Username = role?.CredentialsId ?? "instance", Password = $"token-{number}" }, ExpiresAt)
            : throw new SecretStoreException(Refusal);
    }
}
