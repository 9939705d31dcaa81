using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.State;

namespace Ecs.Agent.LocalControlPlane.Placement;

/// <summary>An instance that tasks could be placed on, with the groups of the tasks it has.</summary>
internal sealed record Candidate(ContainerInstance Instance, ImmutableArray<string> TaskGroups)
{
    public static Candidate Of(ControlPlaneState state, ContainerInstance instance) =>
        new(instance, [.. state.TasksOn(instance).Where(task => !task.IsStopped).Select(task => task.Group)]);

    public int TaskCount => TaskGroups.Length;

    public Candidate Take(PlacementRequest request) => new(Instance.Take(request.Needs), TaskGroups.Add(request.Group));
}
