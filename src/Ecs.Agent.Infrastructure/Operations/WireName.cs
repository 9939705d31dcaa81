namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>Enumerations as ECS writes them.</summary>
internal static class WireName
{
    /// <summary><c>MANIFEST_PULLED</c></summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return string.Concat(name.Select((ch, i) => i > 0 && char.IsUpper(ch) ? $"_{ch}" : char.ToUpperInvariant(ch).ToString()));
    }
}
