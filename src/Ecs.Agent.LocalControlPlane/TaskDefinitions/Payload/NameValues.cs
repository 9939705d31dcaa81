using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary>Lists of name and value, as the API has them, and maps, as the wire has them.</summary>
internal static class NameValues
{
    /// <summary>The later of two equal names wins; a missing value is empty.</summary>
    public static ImmutableSortedDictionary<string, string> ToMap(IEnumerable<NameValuePair>? pairs)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs ?? [])
        {
            map[pair.Name ?? ""] = pair.Value ?? "";
        }

        return map.ToImmutable();
    }
}
