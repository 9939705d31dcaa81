using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests.Invariants;

/// <content>What must have come about when nothing has gone wrong for long enough.</content>
internal sealed partial class Laws
{
    /// <summary>The disturbances are over and time has passed: whatever can move has moved.</summary>
    public void AfterQuiet()
    {
        foreach (var task in world.Checkpoints.All)
        {
            Require(task.Desired != EcsTaskStatus.Stopped, $"{task.Definition.Id} is to stop and does not get there");
            foreach (var container in task.Containers)
            {
                var label = $"{task.Definition.Id}/{container.Name}";
                var truth = world.Docker.Ever(task.Arn, container.Name);
                Require(!container.IsRunning || truth is { Runs: true }, $"{label} is known as RUNNING and does not run");
                Require(
                    container.Known >= ContainerStatus.Running || task.HostResources != HostResourceClaim.Held
                    || !container.Definition.DependsOn.All(edge => IsMet(task.Arn, edge)),
                    $"{label} could go on and is stuck at {container.Known}");
            }
        }

        foreach (var taskArn in world.Payloads.ToStop)
        {
            Require(
                HasEnded(taskArn) || (_untraceable.Contains(taskArn) && world.Checkpoints.Find(taskArn) is null),
                $"{taskArn[^4..]} was told to stop and has not");
        }

        foreach (var taskArn in world.Payloads.Accepted)
        {
            Require(
                HasEnded(taskArn) || world.Checkpoints.Find(taskArn) is not null || _untraceable.Contains(taskArn),
                $"{taskArn[^4..]} was accepted and is lost");
        }
    }

    /// <summary>Everything was told to stop and time has passed: nothing is left.</summary>
    public void AfterEnd()
    {
        foreach (var task in world.Scenario.Tasks)
        {
            Require(HasEnded(task.Definition.Arn), $"{task.Definition.Id} was never reported STOPPED");
        }

        Require(world.Checkpoints.All.IsEmpty, "tasks are never forgotten");
        Require(
            FailsAt(RuntimeCallKind.Remove) || world.Docker.Containers.All(c => c.StartedByOthers),
            $"containers are left behind: {string.Join(", ", world.Docker.Containers.Select(c => c.Label))}");
        Require(
            FailsAt(RuntimeCallKind.RemoveVolume) || !world.Docker.Volumes.Any(v => v.StartsWith("ecs-", StringComparison.Ordinal))
            || _lossy.Count > 0,
            "volumes of tasks are left behind");
        var queue = world.Agent!.Ledger.Snapshot;
        Require(queue.Held.IsEmpty && queue.Waiting.IsEmpty, "the host's resources are never given back");
    }

    private bool FailsAt(RuntimeCallKind call) =>
        world.Scenario.Disturbances.OfType<Disturbance.CallFails>().Any(fault => fault.Call == call);
}
