using System.Collections.Immutable;
using Ecs.Agent.Domain.Explaining;

namespace Ecs.Agent.Application.Tasks.ExplainTask;

/// <summary>What came of an <see cref="ExplainTaskQuery"/>.</summary>
public abstract record ExplainTaskResult
{
    private ExplainTaskResult()
    {
    }

    /// <summary>The explanation.</summary>
    /// <param name="Task">Why the task is as it is.</param>
    /// <param name="Tails">
    /// What its containers wrote last, one for each that has run and is still there. For the operator's eyes only: never to be logged.
    /// </param>
    public sealed record Explained(TaskExplanation Task, ImmutableArray<LogTail> Tails) : ExplainTaskResult;

    /// <summary>This agent knows no such task.</summary>
    public sealed record NotFound : ExplainTaskResult;

    /// <summary>Several tasks could be meant.</summary>
    /// <param name="TaskArns">Which, in the order of their admission.</param>
    public sealed record Ambiguous(ImmutableArray<string> TaskArns) : ExplainTaskResult;
}
