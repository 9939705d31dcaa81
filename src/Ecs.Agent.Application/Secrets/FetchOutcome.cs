namespace Ecs.Agent.Application.Secrets;

/// <summary>What came of fetching something for a task.</summary>
/// <param name="Failure">The task's reason when it could not be had, ready to be reported; null when it is here.</param>
public sealed record FetchOutcome(string? Failure)
{
    public static FetchOutcome Fetched { get; } = new((string?)null);

    public bool Succeeded => Failure is null;
}
