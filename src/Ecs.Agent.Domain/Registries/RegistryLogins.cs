using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Registries;

/// <summary>The logins of a machine (<c>ECS_ENGINE_AUTH_DATA</c>), each for a registry or for a part of one.</summary>
public sealed record RegistryLogins
{
    /// <summary>The one name under which Docker Hub is looked for.</summary>
    private const string DockerHub = "index.docker.io/v1/";

    private static readonly ImmutableHashSet<string> DockerHubHosts = ["docker.io", "index.docker.io", "registry-1.docker.io"];

    private readonly ImmutableSortedDictionary<string, RegistryLogin> _byRegistry;

    private RegistryLogins(ImmutableSortedDictionary<string, RegistryLogin> byRegistry)
    {
        _byRegistry = byRegistry;
    }

    public static RegistryLogins None { get; } =
        new(ImmutableSortedDictionary.Create<string, RegistryLogin>(StringComparer.Ordinal));

    /// <summary>How many there are.</summary>
    public int Count => _byRegistry.Count;

    /// <param name="logins">Registry → login. A key is a host, or a host with the beginning of a path; a scheme in front does not count.</param>
    public static RegistryLogins Of(IEnumerable<KeyValuePair<string, RegistryLogin>> logins)
    {
        ArgumentNullException.ThrowIfNull(logins);
        return new(logins.Aggregate(
            None._byRegistry, (known, login) => known.SetItem(WithoutScheme(login.Key), login.Value)));
    }

    /// <summary>
    /// The login for an image, or null, which pulls anonymously. Docker Hub's images have exactly one key. Of the keys of any other host the
    /// longest that the image begins with counts, then the host's own, then any that the host has.
    /// </summary>
    public RegistryLogin? For(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var name = WithoutTag(image);
        if (HostOf(name) is not { } host || DockerHubHosts.Contains(host))
        {
            return _byRegistry.GetValueOrDefault(DockerHub);
        }

        var ofHost = _byRegistry.Where(login => HostPart(login.Key) == host).ToList();
        var best = ofHost
            .Where(login => name.StartsWith(login.Key, StringComparison.Ordinal))
            .OrderByDescending(login => login.Key.Length)
            .Concat(ofHost)
            .FirstOrDefault();
        return best.Value;
    }

    public override string ToString() => $"{Count} registry logins";

    private static string WithoutScheme(string registry) =>
        registry.StartsWith("https://", StringComparison.Ordinal) ? registry["https://".Length..]
        : registry.StartsWith("http://", StringComparison.Ordinal) ? registry["http://".Length..]
        : registry;

    private static string WithoutTag(string image)
    {
        var colon = image.LastIndexOf(':');
        return colon >= 0 && !image.AsSpan(colon).Contains('/') ? image[..colon] : image;
    }

    /// <summary>Null for an image of Docker Hub.</summary>
    private static string? HostOf(string name)
    {
        var first = HostPart(name);
        return first.Length < name.Length && (first.AsSpan().IndexOfAny('.', ':') >= 0 || first == "localhost") ? first : null;
    }

    private static string HostPart(string key) => key.Split('/', 2)[0];
}
