using System.Text.Json;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>Finds the members that a definition gives, with their paths in it and in the model. An empty list gives nothing.</summary>
internal static class GivenMembers
{
    public static IEnumerable<(string Path, string Member)> Of(RegisterTaskDefinitionRequest request) => Walk(
        JsonSerializer.SerializeToElement(request, EcsApiJsonContext.Default.RegisterTaskDefinitionRequest),
        TaskDefinitionSchema.RegisterTaskDefinition, "", "");

    private static IEnumerable<(string Path, string Member)> Walk(JsonElement value, StructureKind shape, string path, string member)
    {
        foreach (var known in shape.Members)
        {
            if (!value.TryGetProperty(known.Name, out var given) || given.ValueKind == JsonValueKind.Null
                || (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 0))
            {
                continue;
            }

            var (ownPath, ownMember) = (JsonPath.Member(path, known.Name), JsonPath.Member(member, known.Name));
            yield return (ownPath, ownMember);
            foreach (var inner in Inner(given, known.Kind, ownPath, ownMember))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<(string Path, string Member)> Inner(JsonElement given, MemberKind kind, string path, string member) => kind switch
    {
        StructureKind inner => Walk(given, inner, path, member),
        ListKind { Element: StructureKind element } => given.EnumerateArray().SelectMany((entry, index) =>
            Walk(entry, element, JsonPath.Element(path, index), $"{member}[]")),
        _ => [],
    };
}
