namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary>Lists as the wire has them: an empty one is left out.</summary>
internal static class WireList
{
    public static IReadOnlyList<T>? OrAbsent<T>(this IEnumerable<T>? values) => values?.ToArray() is { Length: > 0 } list ? list : null;
}
