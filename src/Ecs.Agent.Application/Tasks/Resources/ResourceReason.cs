namespace Ecs.Agent.Application.Tasks.Resources;

/// <summary>How the failure of a resource reads as the reason of its task.</summary>
internal static class ResourceReason
{
    /// <summary>On one line, with single blanks and a capital at its beginning.</summary>
    /// <param name="text">What went wrong.</param>
    /// <param name="fallback">What to say when nothing is known of that.</param>
    public static string Sentence(string text, string fallback) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) switch
        {
            "" => fallback,
            var words => char.ToUpperInvariant(words[0]) + words[1..],
        };
}
