using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ecs.Agent.Infrastructure.Durations;

namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>
/// Reads variables by the rules of their kind and remembers everything that was wrong with them. An empty value is an unset one.
/// </summary>
internal sealed class VariableReader(IReadOnlyDictionary<string, string> environment)
{
    private const int HighestPort = 65535;

    private readonly List<string> _warnings = [];
    private readonly List<string> _errors = [];

    public ImmutableArray<string> Warnings => [.. _warnings];

    public ImmutableArray<string> Errors => [.. _errors];

    public void Warn(string warning) => _warnings.Add(warning);

    public void Fail(string error) => _errors.Add(error);

    /// <summary>The text as it is, or null.</summary>
    public string? Text(string name) => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string? Trimmed(string name) => Text(name)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Whether the variable is there at all, be it empty.</summary>
    public bool IsPresent(string name) => environment.ContainsKey(name);

    public bool Boolean(string name, bool otherwise)
    {
        if (Trimmed(name) is not { } text)
        {
            return otherwise;
        }

        if (GoBoolean.Parse(text) is { } value)
        {
            return value;
        }

        Warn($"{name} is '{text}' but must be true or false (also 1, t, 0, f): using {(otherwise ? "true" : "false")}");
        return otherwise;
    }

    /// <summary>A switch whose absence means something of its own; null also when it is neither true nor false.</summary>
    public bool? Switch(string name)
    {
        if (Trimmed(name) is not { } text)
        {
            return null;
        }

        if (GoBoolean.Parse(text) is { } value)
        {
            return value;
        }

        Warn($"{name} is '{text}' but must be true or false (also 1, t, 0, f): as if it were not set");
        return null;
    }

    /// <summary>A duration without bounds; zero is the same as unset.</summary>
    public TimeSpan Duration(string name, TimeSpan otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (GoDuration.TryParse(text, out var value, out var problem))
        {
            return value == TimeSpan.Zero ? otherwise : value;
        }

        Warn($"{name} is '{text}', which {problem}; write a duration such as 30s or 1h30m: using {Show(otherwise)}");
        return otherwise;
    }

    /// <summary>A duration that is raised to <paramref name="minimum"/> when it is below.</summary>
    public TimeSpan DurationClamped(string name, TimeSpan otherwise, TimeSpan minimum)
    {
        var value = Duration(name, otherwise);
        if (value >= minimum)
        {
            return value;
        }

        Warn($"{name} is '{Text(name)}' but must be at least {Show(minimum)}: using {Show(minimum)}");
        return minimum;
    }

    /// <summary>A duration that falls back to its default when it is below <paramref name="minimum"/>.</summary>
    public TimeSpan DurationOrReset(string name, TimeSpan otherwise, TimeSpan minimum)
    {
        var value = Duration(name, otherwise);
        if (value >= minimum)
        {
            return value;
        }

        Warn($"{name} is '{Text(name)}' but must be at least {Show(minimum)}: using {Show(otherwise)}");
        return otherwise;
    }

    /// <summary>A duration that falls back to its default when it is outside the bounds, which are allowed.</summary>
    public TimeSpan DurationWithin(string name, TimeSpan otherwise, TimeSpan minimum, TimeSpan maximum)
    {
        var value = Duration(name, otherwise);
        if (value >= minimum && value <= maximum)
        {
            return value;
        }

        Warn($"{name} is '{Text(name)}' but must be from {Show(minimum)} to {Show(maximum)}: using {Show(otherwise)}");
        return otherwise;
    }

    /// <summary>Base 10, neither sign nor white space, at most 65535.</summary>
    public int Unsigned16(string name)
    {
        if (Text(name) is not { } text)
        {
            return 0;
        }

        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Warn($"{name} is '{text}' but must be a whole number from 0 to 65535: using 0");
        return 0;
    }

    /// <summary>Base 10 with an optional sign, no white space; null when unset or wrong.</summary>
    public int? Integer(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Warn($"{name} is '{text}' but must be a whole number: using the default");
        return null;
    }

    /// <summary>A number from 1; zero is the same as unset, a negative one falls back to the default.</summary>
    public int CountOrReset(string name, int otherwise)
    {
        var value = Integer(name) ?? 0;
        if (value < 0)
        {
            Warn(Invariant($"{name} is '{value}' but must be at least 1: using {otherwise}"));
        }

        return value > 0 ? value : otherwise;
    }

    /// <summary><c>first-last</c> or a single port; null when unset or wrong.</summary>
    public (int First, int Last)? PortRange(string name)
    {
        if (Trimmed(name) is not { } text)
        {
            return null;
        }

        var parts = text.Split('-');
        if (parts.Length <= 2 && TryPort(parts[0], out var first) && TryPort(parts[^1], out var last) && first <= last)
        {
            return (first, last);
        }

        Warn($"{name} is '{text}' but must be first-last with ports from 0 to 65535: using the kernel's range");
        return null;
    }

    /// <summary>A JSON array of ports. An empty list is the same as unset, so a default list cannot be cleared.</summary>
    public ImmutableArray<int> Ports(string name, ImmutableArray<int> otherwise)
    {
        if (FirstJsonValue(name) is not { } list)
        {
            return otherwise;
        }

        var ports = ImmutableArray.CreateBuilder<int>();
        foreach (var element in list.EnumerateArray())
        {
            // An element that is not a port counts as 0; the others stay. That is how the documented variable behaves.
            var valid = element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var port) && port is >= 0 and <= HighestPort;
            if (!valid)
            {
                Warn($"{name} holds {element.GetRawText()}, which is not a port from 0 to 65535");
            }

            ports.Add(valid ? element.GetInt32() : 0);
        }

        return ports.Count == 0 ? otherwise : ports.ToImmutable();
    }

    /// <summary>A JSON array of texts. An empty list is the same as unset.</summary>
    public ImmutableArray<string> Texts(string name, ImmutableArray<string> otherwise)
    {
        if (FirstJsonValue(name) is not { } list)
        {
            return otherwise;
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                Warn($"{name} holds {element.GetRawText()}, which is not a text");
            }

            texts.Add(element.ValueKind == JsonValueKind.String ? element.GetString()! : "");
        }

        return texts.Count == 0 ? otherwise : texts.ToImmutable();
    }

    /// <summary>A JSON object of texts; anything else is fatal. A member that occurs twice counts the last time.</summary>
    public ImmutableSortedDictionary<string, string> TextMap(string name)
    {
        var empty = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        if (Text(name) is not { } text)
        {
            return empty;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Null => empty,
                JsonValueKind.Object => ReadMembers(name, document.RootElement),
                _ => Malformed(name),
            };
        }
        catch (JsonException)
        {
            return Malformed(name);
        }
    }

    /// <summary>A JSON object of texts; anything else is a warning, and the same as none.</summary>
    public ImmutableSortedDictionary<string, string> TextMapOrNone(string name)
    {
        var strict = new VariableReader(environment);
        var map = strict.TextMap(name);
        if (strict._errors is [])
        {
            return map;
        }

        Warn($"{name} must be one JSON object whose values are texts: not used");
        return ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
    }

    private ImmutableSortedDictionary<string, string> ReadMembers(string name, JsonElement map)
    {
        var members = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String)
            {
                members[member.Name] = member.Value.GetString()!;
            }
            else
            {
                Fail($"{name}: the value of '{member.Name}' must be a JSON text");
            }
        }

        return members.ToImmutable();
    }

    private ImmutableSortedDictionary<string, string> Malformed(string name)
    {
        Fail($"{name} must be one JSON object whose values are texts");
        return ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
    }

    /// <summary>The array that the text begins with; what follows it is ignored, as the official agent does.</summary>
    private JsonElement? FirstJsonValue(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: true, default);
            var value = JsonElement.ParseValue(ref reader);
            if (value.ValueKind is JsonValueKind.Array)
            {
                return value;
            }

            if (value.ValueKind is JsonValueKind.Null)
            {
                return null;
            }
        }
        catch (JsonException)
        {
        }

        Warn($"{name} must be a JSON array: using the default");
        return null;
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= HighestPort;

    private static string Show(TimeSpan duration) => duration switch
    {
        { Ticks: 0 } => "0",
        _ when duration.Ticks % TimeSpan.TicksPerHour == 0 => Invariant($"{duration.TotalHours}h"),
        _ when duration.Ticks % TimeSpan.TicksPerMinute == 0 => Invariant($"{duration.TotalMinutes}m"),
        _ when duration < TimeSpan.FromSeconds(1) => Invariant($"{duration.TotalMilliseconds}ms"),
        _ => Invariant($"{duration.TotalSeconds}s"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
