using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>A task's state as it is stored: everything of it but its definition and its containers. No secrets.</summary>
internal sealed class TaskStateRecord
{
    public EcsTaskStatus Desired { get; set; }

    public EcsTaskStatus Known { get; set; }

    public DateTimeOffset KnownSince { get; set; }

    public EcsTaskStatus Sent { get; set; }

    public HostResourceClaim HostResources { get; set; }

    public SortedDictionary<string, VolumeStatus> Volumes { get; set; } = new(StringComparer.Ordinal);

    public DateTimeOffset? RunningSince { get; set; }

    public DateTimeOffset? PullStartedAt { get; set; }

    public DateTimeOffset? PullStoppedAt { get; set; }

    public DateTimeOffset? ExecutionStoppedAt { get; set; }

    public string TerminalReason { get; set; } = "";

    public StopCauseRecord? StopCause { get; set; }

    public bool CleanUpDue { get; set; }

    public static TaskStateRecord Of(EcsTask task) => new()
    {
        Desired = task.Desired,
        Known = task.Known,
        KnownSince = task.KnownSince,
        Sent = task.Sent,
        HostResources = task.HostResources,
        Volumes = new(task.Volumes, StringComparer.Ordinal),
        RunningSince = task.RunningSince,
        PullStartedAt = task.PullStartedAt,
        PullStoppedAt = task.PullStoppedAt,
        ExecutionStoppedAt = task.ExecutionStoppedAt,
        TerminalReason = task.TerminalReason,
        StopCause = StopCauseRecord.Of(task.StopCause),
        CleanUpDue = task.CleanUpDue,
    };

    public EcsTask ToTask(TaskDefinition definition, ImmutableArray<EcsContainer> containers) => new()
    {
        Definition = definition,
        Containers = containers,
        Desired = Desired,
        Known = Known,
        KnownSince = KnownSince,
        Sent = Sent,
        HostResources = HostResources,
        Volumes = Volumes.ToImmutableSortedDictionary(StringComparer.Ordinal),
        RunningSince = RunningSince,
        PullStartedAt = PullStartedAt,
        PullStoppedAt = PullStoppedAt,
        ExecutionStoppedAt = ExecutionStoppedAt,
        TerminalReason = TerminalReason,
        StopCause = StopCause?.ToCause(),
        CleanUpDue = CleanUpDue,
    };
}
