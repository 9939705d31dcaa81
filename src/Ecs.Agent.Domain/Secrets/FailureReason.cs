namespace Ecs.Agent.Domain.Secrets;

/// <summary>The text of something that could not be fetched, as the reason of the task that needed it.</summary>
public static class FailureReason
{
    /// <summary>On one line, with single blanks and a capital at its beginning.</summary>
    public static string Of(string problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var words = string.Join(' ', problem.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
