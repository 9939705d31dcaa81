namespace Ecs.Agent.Host.CommandLine;

/// <summary>What the commands do. Each handler writes to the console it was made with and gives the exit code.</summary>
internal sealed record CommandHandlers
{
    public required Func<CancellationToken, Task<int>> Run { get; init; }

    public required Func<CheckOptions, CancellationToken, Task<int>> Check { get; init; }

    public required Func<string?, CancellationToken, Task<int>> Doctor { get; init; }

    public required Func<ExplainOptions, CancellationToken, Task<int>> Explain { get; init; }

    public required Func<LocalUpOptions, CancellationToken, Task<int>> LocalUp { get; init; }

    public required Func<LocalRunOptions, CancellationToken, Task<int>> LocalRun { get; init; }
}
