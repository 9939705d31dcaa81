using System.Text.Json;

namespace Ecs.Agent.LocalControlPlane.ContainerInstances;

/// <summary>What the EC2 instance identity document says, if the agent sent one; its signature is not checked here.</summary>
internal sealed record IdentityDocument(string? InstanceId, string? AvailabilityZone)
{
    /// <summary>Anything unreadable counts as no document: machines outside EC2 have none.</summary>
    public static IdentityDocument Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new IdentityDocument(null, null);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return new IdentityDocument(Text(document.RootElement, "instanceId"), Text(document.RootElement, "availabilityZone"));
        }
        catch (JsonException)
        {
            return new IdentityDocument(null, null);
        }
    }

    private static string? Text(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
