using System.Collections.Immutable;
using System.Text.Json;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// A container's <c>overrides</c>: a text that holds JSON and may replace nothing but the command. Everything else has been merged into the
/// payload by the control plane, so any other member means that the two do not understand each other.
/// </summary>
internal static class CommandOverride
{
    // Where both readings of the text failed, the official agent lists them like this, line feeds and tabs included.
    private const string Preamble =
        "Multiple error:\n\t0: Could not unmarshal ContainerOverrides in any supported way"
        + "\n\t1: json: cannot unmarshal string into Go value of type container.ContainerOverridesCopy\n\t2: ";

    /// <summary>The command to use instead, or null to keep the container's own; and what is wrong, or null.</summary>
    public static (ImmutableArray<string>? Command, string? Problem) Parse(string? overrides)
    {
        if (overrides is null)
        {
            return (null, null);
        }

        try
        {
            using var document = JsonDocument.Parse(overrides);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => ReadMembers(document.RootElement),
                JsonValueKind.Null => (null, null),
                _ => (null, Preamble + "Error unmarshalling ContainerOverrides: not a JSON object"),
            };
        }
        catch (JsonException)
        {
            return (null, Preamble + "Error unmarshalling ContainerOverrides: not JSON");
        }
    }

    private static (ImmutableArray<string>? Command, string? Problem) ReadMembers(JsonElement overrides)
    {
        var unknown = overrides.EnumerateObject()
            .Select(member => member.Name)
            .Where(name => !name.Equals("command", StringComparison.OrdinalIgnoreCase))
            .ToArray();
        if (unknown.Length > 0)
        {
            var lines = unknown.Select((name, index) => $"\n\t{index + 1}: Unrecognized key: {name}");
            return (null, Preamble + "Multiple error:\n\t0: Error unmarshalling ContainerOverrides" + string.Concat(lines));
        }

        foreach (var member in overrides.EnumerateObject())
        {
            return ReadCommand(member.Value);
        }

        return (null, null);
    }

    private static (ImmutableArray<string>? Command, string? Problem) ReadCommand(JsonElement command)
    {
        if (command.ValueKind == JsonValueKind.Null)
        {
            return (null, null);
        }

        if (command.ValueKind != JsonValueKind.Array || command.EnumerateArray().Any(word => word.ValueKind != JsonValueKind.String))
        {
            return (null, Preamble + "Error unmarshalling ContainerOverrides: command must be a list of texts");
        }

        return ([.. command.EnumerateArray().Select(word => word.GetString()!)], null);
    }
}
