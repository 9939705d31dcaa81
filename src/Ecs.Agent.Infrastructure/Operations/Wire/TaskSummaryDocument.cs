namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>One task of a list.</summary>
public sealed record TaskSummaryDocument
{
    public required string TaskArn { get; init; }

    public required string Family { get; init; }

    public required string Revision { get; init; }

    public required string DesiredStatus { get; init; }

    public required string KnownStatus { get; init; }

    public required DateTimeOffset KnownSince { get; init; }

    /// <summary>Why it is as it is, in one line.</summary>
    public required string Why { get; init; }
}
