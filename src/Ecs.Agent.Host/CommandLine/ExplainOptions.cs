namespace Ecs.Agent.Host.CommandLine;

/// <summary>What <c>explain</c> was asked for.</summary>
/// <param name="Task">ARN, id or beginning of the id; null for the list of all tasks.</param>
/// <param name="Json">Whether JSON is wanted.</param>
/// <param name="LogLines">How many of the last lines of each container are wanted.</param>
internal sealed record ExplainOptions(string? Task, bool Json, int LogLines)
{
    public const int DefaultLogLines = 10;

    public const int MostLogLines = 10_000;
}
