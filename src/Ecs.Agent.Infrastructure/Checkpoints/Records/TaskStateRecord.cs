using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Resources;
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

    /// <summary>Status by key: what a resource is stands in the definition.</summary>
    public SortedDictionary<string, ResourceStatus> Resources { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Status by the volume's name, as it was before volumes had company; read, no longer written.</summary>
    public SortedDictionary<string, ResourceStatus>? Volumes { get; set; }

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
        Resources = new(task.Resources.ToDictionary(r => r.Key, r => r.Status, StringComparer.Ordinal), StringComparer.Ordinal),
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
        Resources = [.. TaskResources.Of(definition, hasCgroup: true).Select(StateOf).OfType<ResourceState>()],
        RunningSince = RunningSince,
        PullStartedAt = PullStartedAt,
        PullStoppedAt = PullStoppedAt,
        ExecutionStoppedAt = ExecutionStoppedAt,
        TerminalReason = TerminalReason,
        StopCause = StopCause?.ToCause(),
        CleanUpDue = CleanUpDue,
    };

    /// <summary>Null for what the task did not have when it was admitted: a feature of the agent that was switched on since.</summary>
    private ResourceState? StateOf(TaskResource resource)
    {
        if (Resources.TryGetValue(resource.Key, out var status))
        {
            return new ResourceState(resource, status);
        }

        return resource is TaskResource.DockerVolume { Volume.Name: var name } && Volumes?.TryGetValue(name, out status) == true
            ? new ResourceState(resource, status)
            : null;
    }
}
