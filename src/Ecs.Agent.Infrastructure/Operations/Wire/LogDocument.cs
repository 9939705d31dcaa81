using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>The end of what a container wrote.</summary>
/// <param name="Lines">The last lines; empty when it wrote nothing or its log driver cannot be read back.</param>
/// <param name="Problem">Why they could not be read; absent when they could.</param>
public sealed record LogDocument(ImmutableArray<LogLineDocument> Lines, string? Problem)
{
    /// <summary>Without the lines: they may hold anything.</summary>
    public override string ToString() => $"{Lines.Length} lines";
}
