using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Application.Tasks.ExplainTask;

/// <summary>The end of what a container wrote.</summary>
/// <param name="Container">Its name in the task.</param>
/// <param name="Lines">The last lines; empty when it wrote nothing or its log driver cannot be read back.</param>
/// <param name="Problem">Why they could not be read; null when they could.</param>
public sealed record LogTail(string Container, ImmutableArray<ContainerLogLine> Lines, string? Problem)
{
    /// <summary>Without the lines: they are what the container wrote, which may be anything.</summary>
    public override string ToString() => $"{Container}: {Lines.Length} lines";
}
