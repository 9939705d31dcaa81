using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Tasks.Images;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Registries;

/// <summary>
/// Keeps tokens of ECR for as long as they are safely good, so that looking up and pulling one image, or a hundred of one registry, takes
/// one call.
/// Whoever asks while a call is under way gets its answer. Of more than a hundred the one longest unused goes.
/// </summary>
public sealed class EcrLogins
{
    private const int Capacity = 100;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(30);

    private readonly TimeProvider _time;
    private readonly IIdentifiers _identifiers;
    private readonly SharedWork<Key, Question, RegistryLogin> _calls;
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Entry> _entries = [];
    private long _uses;

    public EcrLogins(IEcrTokens ecr, TimeProvider time, IIdentifiers identifiers)
    {
        _time = time;
        _identifiers = identifiers;
        _calls = new(async (question, cancellationToken) =>
        {
            var token = await ecr.GetAuthorizationTokenAsync(question.Registry, question.Role, cancellationToken).ConfigureAwait(false);
            Keep(question.Key, token);
            return token.Login;
        });
    }

    /// <summary>A login for the registry, new or kept. Throws <see cref="Secrets.SecretStoreException"/>.</summary>
    /// <param name="registry">Which.</param>
    /// <param name="role">Who asks; null means the container instance itself. Tokens of one are never given to another.</param>
    /// <param name="cancellationToken">Leaves; a call that others wait for goes on.</param>
    public Task<RegistryLogin> GetAsync(RegistryAuthentication.Ecr registry, RoleCredentials? role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var key = new Key(role?.CredentialsId ?? "", role?.RoleArn ?? "", registry.Region, registry.RegistryId, registry.EndpointOverride);
        return Find(key) is { } login
            ? Task.FromResult(login)
            : _calls.JoinAsync(key, () => new Question(key, registry, role), _ => { }, _ => { }, cancellationToken);
    }

    private RegistryLogin? Find(Key key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                return null;
            }

            if (_time.GetUtcNow() >= entry.GoodUntil)
            {
                _entries.Remove(key);
                return null;
            }

            entry.LastUse = ++_uses;
            return entry.Login;
        }
    }

    /// <summary>
    /// Given up half an hour to an hour before its end, so that a pull that begins with it can also end with it, and not all at once.
    /// </summary>
    private void Keep(Key key, EcrToken token)
    {
        var byToken = token.ExpiresAt - Margin - (Margin * _identifiers.NextFraction());
        var byAge = _time.GetUtcNow() + Lifetime;
        lock (_lock)
        {
            _entries[key] = new Entry(token.Login, byToken < byAge ? byToken : byAge) { LastUse = ++_uses };
            if (_entries.Count > Capacity)
            {
                _entries.Remove(_entries.MinBy(entry => entry.Value.LastUse).Key);
            }
        }
    }

    private sealed record Key(string CredentialsId, string RoleArn, string Region, string RegistryId, string EndpointOverride);

    private sealed record Question(Key Key, RegistryAuthentication.Ecr Registry, RoleCredentials? Role);

    private sealed class Entry(RegistryLogin login, DateTimeOffset goodUntil)
    {
        public RegistryLogin Login => login;

        public DateTimeOffset GoodUntil => goodUntil;

        public long LastUse { get; set; }
    }
}
