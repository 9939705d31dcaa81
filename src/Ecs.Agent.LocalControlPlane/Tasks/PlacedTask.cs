using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.Families;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>A task on an instance: what the caller asked for, what the agent reported, and what follows from both.</summary>
internal sealed record PlacedTask
{
    public required string Arn { get; init; }

    public required string ClusterArn { get; init; }

    public required string ContainerInstanceArn { get; init; }

    public required RegisteredTaskDefinition Definition { get; init; }

    public required ImmutableArray<PlacedContainer> Containers { get; init; }

    /// <summary>What it holds on its instance until it is STOPPED.</summary>
    public required ResourceNeeds Needs { get; init; }

    public required long Ordinal { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string LaunchType { get; init; }

    public required string Group { get; init; }

    public TaskOverride? Overrides { get; init; }

    public string? StartedBy { get; init; }

    public bool EnableExecuteCommand { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    /// <summary>The RunTask call it came from, when that call may be repeated: same token, same tasks.</summary>
    public RunTaskToken? RunToken { get; init; }

    public TaskLifecycle Status { get; init; } = TaskLifecycle.Pending;

    public bool StopDesired { get; init; }

    /// <summary>Counts every change, from 1.</summary>
    public long Version { get; init; } = 1;

    public DateTimeOffset? PullStartedAt { get; init; }

    public DateTimeOffset? PullStoppedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppingAt { get; init; }

    public DateTimeOffset? ExecutionStoppedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public string? StopCode { get; init; }

    public string? StoppedReason { get; init; }

    public bool IsStopped => Status == TaskLifecycle.Stopped;

    /// <summary>The health of its essential containers that have a health check; UNKNOWN until all of them are known.</summary>
    public string HealthStatus
    {
        get
        {
            var judged = Containers.Where(container => container.Essential && container.HasHealthCheck).ToList();
            return judged switch
            {
                _ when judged.Any(container => container.HealthStatus == PlacedContainer.Unhealthy) => PlacedContainer.Unhealthy,
                { Count: > 0 } when judged.All(container => container.HealthStatus == PlacedContainer.Healthy) => PlacedContainer.Healthy,
                _ => PlacedContainer.HealthUnknown,
            };
        }
    }
}
