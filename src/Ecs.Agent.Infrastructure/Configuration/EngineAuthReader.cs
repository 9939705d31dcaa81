using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>
/// Reads <c>ECS_ENGINE_AUTH_TYPE</c> and <c>ECS_ENGINE_AUTH_DATA</c>. What cannot be understood is a warning that names nothing secret, and images
/// are pulled anonymously.
/// </summary>
internal static class EngineAuthReader
{
    private static readonly ImmutableHashSet<string> Members =
        ["username", "password", "auth", "email", "serveraddress", "identitytoken", "registrytoken"];

    /// <summary>Pure.</summary>
    /// <param name="type"><c>docker</c>, <c>dockercfg</c>, or nothing.</param>
    /// <param name="data">The JSON.</param>
    /// <param name="warn">Takes the warnings.</param>
    public static RegistryLogins Read(string? type, string? data, Action<string> warn)
    {
        switch (type)
        {
            case null:
                return RegistryLogins.None;
            case "docker":
                return ReadObjects(data, warn) is { } objects ? TryReadAll(objects, warn) : RegistryLogins.None;
            case "dockercfg":
                return ReadObjects(data, warn) is { } files
                    ? RegistryLogins.Of(files.Select(file => ReadAuth(file.Key, file.Value, warn)).OfType<KeyValuePair<string, RegistryLogin>>())
                    : RegistryLogins.None;
            default:
                warn($"ECS_ENGINE_AUTH_TYPE: Unknown auth configuration '{type}', it must be docker or dockercfg; images are pulled anonymously");
                return RegistryLogins.None;
        }
    }

    /// <summary>One entry that is wrong drops them all, as the official agent does.</summary>
    private static RegistryLogins TryReadAll(ImmutableArray<KeyValuePair<string, JsonElement>> objects, Action<string> warn)
    {
        var logins = ImmutableArray.CreateBuilder<KeyValuePair<string, RegistryLogin>>();
        foreach (var (registry, entry) in objects)
        {
            if (entry.ValueKind != JsonValueKind.Object || entry.EnumerateObject().Any(IsWrong))
            {
                warn($"ECS_ENGINE_AUTH_DATA: the entry for {registry} is not what the type docker wants; images are pulled anonymously");
                return RegistryLogins.None;
            }

            logins.Add(new(registry, new RegistryLogin
            {
                Username = Text(entry, "username"),
                Password = Text(entry, "password"),
                Auth = Text(entry, "auth"),
                Email = Text(entry, "email"),
                ServerAddress = Text(entry, "serveraddress"),
                IdentityToken = Text(entry, "identitytoken"),
                RegistryToken = Text(entry, "registrytoken"),
            }));
        }

        return RegistryLogins.Of(logins);

        static bool IsWrong(JsonProperty member) => Members.Contains(member.Name)
            && member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null);
    }

    private static KeyValuePair<string, RegistryLogin>? ReadAuth(string registry, JsonElement entry, Action<string> warn)
    {
        if (entry.ValueKind == JsonValueKind.Object
            && Text(entry, "auth") is { } auth
            && Decode(auth) is { } pair
            && pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
        {
            return new(registry, new RegistryLogin { Username = pair[..colon], Password = pair[(colon + 1)..] });
        }

        warn($"ECS_ENGINE_AUTH_DATA: the entry for {registry} is left out, its auth must be base64 of user:password");
        return null;
    }

    private static ImmutableArray<KeyValuePair<string, JsonElement>>? ReadObjects(string? data, Action<string> warn)
    {
        try
        {
            using var document = JsonDocument.Parse(data ?? "");
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return [.. document.RootElement.EnumerateObject().Select(entry => new KeyValuePair<string, JsonElement>(entry.Name, entry.Value.Clone()))];
            }
        }
        catch (JsonException)
        {
            // The parser's words may quote the text, which is secret.
        }

        warn("ECS_ENGINE_AUTH_DATA must be a JSON object, registry by registry; images are pulled anonymously");
        return null;
    }

    private static string? Text(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
