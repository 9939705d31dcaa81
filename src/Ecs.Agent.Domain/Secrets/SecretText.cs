using System.Text.Json;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Domain.Secrets;

/// <summary>The text that Secrets Manager keeps, which often is a JSON object. None of it ever appears in an error.</summary>
public static class SecretText
{
    /// <summary>
    /// One member of the secret's JSON: a string as it is, anything else as it stands there; null when there is no such member.
    /// </summary>
    /// <exception cref="FormatException">The text is not a JSON object.</exception>
    public static string? Member(string text, string key)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(key);
        using var document = Read(text) ?? throw new FormatException("the value of the secret is not a JSON object");
        return document.RootElement.TryGetProperty(key, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
            : null;
    }

    /// <summary>A registry's user name and password, kept as <c>{"username":…,"password":…}</c>.</summary>
    /// <exception cref="FormatException">It is not that; the message is what ECS says of it.</exception>
    public static RegistryLogin Login(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw new FormatException("asm fetching authorization data: empty secrets value");
        }

        using var document = Read(text);
        if (document is null || !IsText(document.RootElement, "username", out var username)
            || !IsText(document.RootElement, "password", out var password))
        {
            throw new FormatException("asm fetching authorization data: unable to unmarshal secret value, invalid schema");
        }

        return new RegistryLogin { Username = NotEmpty("username", username), Password = NotEmpty("password", password) };
    }

    private static JsonDocument? Read(string text)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // The parser's words may quote the text.
        }

        return null;
    }

    private static bool IsText(JsonElement secret, string member, out string? text)
    {
        text = null;
        if (!secret.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }

    private static string NotEmpty(string member, string? value) => string.IsNullOrEmpty(value)
        ? throw new FormatException($"asm fetching {member}: AuthorizationData is malformed, empty field")
        : value;
}
