using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>Puts tasks where they were placed: the task, what it takes from its instance, and the word to the agent. Pure.</summary>
internal static class TaskCreation
{
    public static (ControlPlaneState State, PlacedTask Task) Create(
        ControlPlaneState state, TaskLaunch launch, string instanceArn, ResourceNames names, Func<Guid> newId, DateTimeOffset now)
    {
        var arn = names.Task(launch.Cluster.Name, newId());
        var task = new PlacedTask
        {
            Arn = arn,
            ClusterArn = launch.Cluster.Arn,
            ContainerInstanceArn = instanceArn,
            Definition = launch.Definition,
            Containers =
            [
                .. launch.Runnable.ContainerDefinitions!.Select(container =>
                    Container(container, launch.Overrides, names.Container(launch.Cluster.Name, arn, newId()))),
            ],
            Needs = launch.Needs,
            Ordinal = state.NextOrdinal,
            CreatedAt = now,
            LaunchType = launch.LaunchType,
            Group = launch.GroupName,
            Overrides = launch.Overrides,
            StartedBy = launch.StartedBy,
            EnableExecuteCommand = launch.EnableExecuteCommand,
            Tags = launch.Tags,
            RunToken = launch.Token,
        };
        var instance = state.Instances[instanceArn].Take(task.Needs);
        var informed = instance with { Payloads = instance.Payloads.Add(arn) };
        return (state.With(task).With(informed) with { NextOrdinal = state.NextOrdinal + 1 }, task);
    }

    private static PlacedContainer Container(ContainerDefinition definition, TaskOverride? overrides, string arn) => new()
    {
        Arn = arn,
        Name = definition.Name!,
        Image = definition.Image,
        Essential = definition.Essential ?? true,
        HasHealthCheck = definition.HealthCheck is not null,
        Cpu = TaskNeeds.CpuOf(definition, overrides),
        Memory = TaskNeeds.MemoryOf(definition, overrides),
        MemoryReservation = TaskNeeds.MemoryReservationOf(definition, overrides),
    };
}
