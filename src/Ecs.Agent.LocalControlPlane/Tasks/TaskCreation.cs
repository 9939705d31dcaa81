using System.Collections.Immutable;
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
        var instance = state.Instances[instanceArn];
        var gpus = instance.Remaining.FreeGpus(launch.Needs.Gpus);
        var task = new PlacedTask
        {
            Arn = arn,
            ClusterArn = launch.Cluster.Arn,
            ContainerInstanceArn = instanceArn,
            Definition = launch.Definition,
            Containers =
            [
                .. WithGpus(launch, gpus).Select(entry => Container(
                    entry.Container, launch.Overrides, names.Container(launch.Cluster.Name, arn, newId()), entry.GpuIds)),
            ],
            Needs = launch.Needs with { GpuIds = gpus },
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
        var informed = instance.Take(task.Needs) with { Payloads = instance.Payloads.Add(arn) };
        return (state.With(task).With(informed) with { NextOrdinal = state.NextOrdinal + 1 }, task);
    }

    /// <summary>The containers in order, each with as many of the task's GPUs as it asks for.</summary>
    private static IEnumerable<(ContainerDefinition Container, ImmutableArray<string> GpuIds)> WithGpus(
        TaskLaunch launch, ImmutableSortedSet<string> gpus)
    {
        var given = 0;
        foreach (var container in launch.Runnable.ContainerDefinitions!)
        {
            var wanted = TaskNeeds.GpusOf(container, launch.Overrides);
            yield return (container, [.. gpus.Skip(given).Take(wanted)]);
            given += wanted;
        }
    }

    private static PlacedContainer Container(
        ContainerDefinition definition, TaskOverride? overrides, string arn, ImmutableArray<string> gpuIds) => new()
        {
            Arn = arn,
            Name = definition.Name!,
            Image = definition.Image,
            Essential = definition.Essential ?? true,
            HasHealthCheck = definition.HealthCheck is not null,
            Cpu = TaskNeeds.CpuOf(definition, overrides),
            Memory = TaskNeeds.MemoryOf(definition, overrides),
            MemoryReservation = TaskNeeds.MemoryReservationOf(definition, overrides),
            GpuIds = gpuIds,
        };
}
