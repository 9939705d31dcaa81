using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Reporting;

/// <summary>One SubmitTaskStateChange: what the control plane must hear of a task next.</summary>
public sealed record TaskStateReport
{
    public required string TaskArn { get; init; }

    public required ReportedStatus Status { get; init; }

    /// <summary>Usually empty; set when the task itself failed.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// In the order in which the changes happened; one container may occur more than once. Empty means the member is left out.
    /// </summary>
    public ImmutableArray<ContainerStateReport> Containers { get; init; } = [];

    public DateTimeOffset? PullStartedAt { get; init; }

    public DateTimeOffset? PullStoppedAt { get; init; }

    public DateTimeOffset? ExecutionStoppedAt { get; init; }
}
