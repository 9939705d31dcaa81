using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.Families;
using Ecs.Agent.LocalControlPlane.Tasks;

namespace Ecs.Agent.LocalControlPlane.State;

/// <summary>
/// Everything the control plane knows, as one immutable value. It changes only by replacing it through <see cref="ControlPlaneStore"/>.
/// Invariant: an instance's remaining resources are its registered ones less the needs of its tasks that are not STOPPED.
/// </summary>
internal sealed record ControlPlaneState
{
    public static ControlPlaneState Empty { get; } = new();

    /// <summary>By name.</summary>
    public ImmutableDictionary<string, Cluster> Clusters { get; init; } =
        ImmutableDictionary.Create<string, Cluster>(StringComparer.Ordinal);

    /// <summary>By family name.</summary>
    public ImmutableDictionary<string, TaskDefinitionFamily> Families { get; init; } =
        ImmutableDictionary.Create<string, TaskDefinitionFamily>(StringComparer.Ordinal);

    /// <summary>By ARN.</summary>
    public ImmutableDictionary<string, ContainerInstance> Instances { get; init; } =
        ImmutableDictionary.Create<string, ContainerInstance>(StringComparer.Ordinal);

    /// <summary>By ARN.</summary>
    public ImmutableDictionary<string, PlacedTask> Tasks { get; init; } =
        ImmutableDictionary.Create<string, PlacedTask>(StringComparer.Ordinal);

    /// <summary>The number the next created thing gets: lists come in the order of creation, whatever the dictionaries do.</summary>
    public long NextOrdinal { get; init; } = 1;

    public ContainerInstance? FindInstance(string? arn) => arn is null ? null : Instances.GetValueOrDefault(arn);

    public PlacedTask? FindTask(string? arn) => arn is null ? null : Tasks.GetValueOrDefault(arn);

    public IEnumerable<ContainerInstance> InstancesOf(Cluster cluster) =>
        Instances.Values.Where(instance => instance.ClusterArn == cluster.Arn).OrderBy(instance => instance.Ordinal);

    public IEnumerable<PlacedTask> TasksOf(Cluster cluster) =>
        Tasks.Values.Where(task => task.ClusterArn == cluster.Arn).OrderBy(task => task.Ordinal);

    public IEnumerable<PlacedTask> TasksOn(ContainerInstance instance) =>
        Tasks.Values.Where(task => task.ContainerInstanceArn == instance.Arn).OrderBy(task => task.Ordinal);

    public ControlPlaneState With(Cluster cluster) => this with { Clusters = Clusters.SetItem(cluster.Name, cluster) };

    public ControlPlaneState With(TaskDefinitionFamily family) => this with { Families = Families.SetItem(family.Name, family) };

    public ControlPlaneState With(ContainerInstance instance) => this with { Instances = Instances.SetItem(instance.Arn, instance) };

    public ControlPlaneState With(PlacedTask task) => this with { Tasks = Tasks.SetItem(task.Arn, task) };

    /// <summary>Drops tasks that stopped at or before the given moment.</summary>
    public ControlPlaneState ForgetStoppedBefore(DateTimeOffset moment)
    {
        var old = Tasks.Values.Where(task => task.StoppedAt <= moment).Select(task => task.Arn).ToList();
        return old.Count == 0 ? this : this with { Tasks = Tasks.RemoveRange(old) };
    }
}
