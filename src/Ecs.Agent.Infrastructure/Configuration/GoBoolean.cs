namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>Switches as the documented variables spell them.</summary>
internal static class GoBoolean
{
    /// <summary>Null when the text, without its surrounding white space, is neither a true nor a false.</summary>
    public static bool? Parse(string text) => text.Trim() switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        _ => null,
    };
}
