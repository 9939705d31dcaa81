using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Simulation.Tests.World;

namespace Ecs.Agent.Simulation.Tests.Invariants;

/// <content>What may be asked of the daemon, and when.</content>
internal sealed partial class Laws
{
    private readonly Dictionary<(string TaskArn, string Container), long> _stopDurableSince = [];
    private readonly Dictionary<string, DateTimeOffset> _firstSaved = new(StringComparer.Ordinal);

    public void OnCreateAsked(ContainerCreation creation)
    {
        var label = $"{creation.Task.Id}/{creation.Container.Name}";
        var saved = world.Checkpoints.Find(creation.Task.Arn)?.Find(creation.Container.Name);
        Require(saved is { Known: >= ContainerStatus.Pulled }, $"{label} is created before it is durable that it may be");
        Require(saved?.DockerName == creation.DockerName, $"{label} is created under a name that is not durable");
        RequireNotToStop(creation.Task.Arn, creation.Container.Name, "created");
    }

    public void OnCreated(DockerContainer container, DockerContainer? earlier)
    {
        Require(
            earlier is null or { State: ObservedState.Missing, RemovedByForce: true } || (
                earlier.State == ObservedState.Missing && _lossy.Contains(container.TaskArn)),
            $"{container.Label} is created twice");
        foreach (var edge in container.Creation.Container.DependsOn)
        {
            Require(IsMet(container.TaskArn, edge), $"{container.Label} is created before {edge.ContainerName} meets {edge.Condition}");
        }

        foreach (var mount in container.Creation.Container.MountPoints)
        {
            Require(
                container.Creation.Task.Volumes.Where(v => v.Name == mount.SourceVolume).All(world.Docker.HasVolume),
                $"{container.Label} is created before its volume {mount.SourceVolume}");
        }
    }

    public void OnStartAsked(DockerContainer? container)
    {
        if (container is null)
        {
            return;
        }

        var saved = world.Checkpoints.Find(container.TaskArn)?.Find(container.Name);
        Require(saved is { Known: >= ContainerStatus.Created }, $"{container.Label} is started before it is durable that it exists");
        Require(
            container.State != ObservedState.Stopped || saved is { RestartDue: true } || container.StartedByOthers,
            $"{container.Label} has run and is started again although nothing asks for it");
        RequireNotToStop(container.TaskArn, container.Name, "started");
    }

    public void OnStopAsked(DockerContainer? container)
    {
        if (container is null || world.Checkpoints.Find(container.TaskArn) is not { } task
            || task.Find(container.Name) is not { IsRunning: true, Desired: ContainerStatus.Stopped, RestartDue: false })
        {
            // A start that failed is undone at once, whoever depends on the container.
            return;
        }

        foreach (var dependant in task.Containers.Where(c => c.Definition.DependsOn.Any(e => e.ContainerName == container.Name)))
        {
            Require(
                world.Docker.Ever(task.Arn, dependant.Name) is not { Runs: true, StartedByOthers: false },
                $"{container.Label} is stopped while {dependant.Name}, which depends on it, runs");
        }
    }

    public void OnRemoveAsked(DockerContainer? container)
    {
        if (container is not null)
        {
            Require(HasEnded(container.TaskArn), $"{container.Label} is removed before the control plane knows of the task's end");
        }
    }

    public void OnSaved(EcsTask? before, EcsTask after)
    {
        var id = after.Definition.Id;
        _firstSaved.TryAdd(after.Arn, world.Clock.Now);
        Require(
            before is null || (before.Known <= after.Known && before.Desired <= after.Desired && before.Sent <= after.Sent
                && before.HostResources <= after.HostResources),
            $"{id} went back");
        Require(
            after.Desired == EcsTaskStatus.Stopped
            || !after.Containers.Any(c => c.Definition.Essential && c.Known == ContainerStatus.Stopped),
            $"{id} goes on without an essential container");
        Require(after.Sent <= SettledOf(after.Arn), $"{id} counts {after.Sent} as sent, which the control plane never answered");
        foreach (var container in after.Containers)
        {
            var was = before?.Find(container.Name);
            Require(
                was is null || (was.Known <= container.Known && was.Desired <= container.Desired && was.Sent <= container.Sent),
                $"{id}/{container.Name} went back");
            Require(
                was is not { Known: ContainerStatus.Stopped } || was.ExitCode == container.ExitCode,
                $"{id}/{container.Name} changed its exit code after its end");
            Require(
                container.Sent <= SettledOf(after.Arn, container.Name),
                $"{id}/{container.Name} counts {container.Sent} as sent, which the control plane never answered");
            if (container.Desired == ContainerStatus.Stopped)
            {
                _stopDurableSince.TryAdd((after.Arn, container.Name), world.Step);
            }
        }
    }

    public void OnForgotten(string taskArn)
    {
        var task = world.Checkpoints.Find(taskArn);
        Require(HasEnded(taskArn), $"{taskArn} is forgotten before the control plane knows of its end");
        Require(task?.Known == EcsTaskStatus.Stopped, $"{taskArn} is forgotten before it is STOPPED");
    }

    /// <summary>A step that was begun in the very step in which the stop became durable could not know of it.</summary>
    private void RequireNotToStop(string taskArn, string container, string what) => Require(
        !_stopDurableSince.TryGetValue((taskArn, container), out var since) || since == world.Step,
        $"{taskArn}/{container} is {what} after its stop");

    private bool IsMet(string taskArn, ContainerDependency edge) => IsGivenUp(taskArn, edge) || (
        world.Docker.Ever(taskArn, edge.ContainerName) is { } dependency && edge.Condition switch
        {
            DependencyCondition.Create => true,
            DependencyCondition.Start => dependency.Starts > 0,
            DependencyCondition.Complete => dependency is { Starts: > 0, Runs: false } or { StartedByOthers: true },
            DependencyCondition.Success => dependency is { Starts: > 0, Runs: false, ExitCode: 0 } or { StartedByOthers: true, ExitCode: 0 },
            _ => dependency.WasHealthy,
        });

    /// <summary>As in ECS: who was given up for a failed dependency has the exit code 143, and with it counts as complete.</summary>
    private bool IsGivenUp(string taskArn, ContainerDependency edge) => edge.Condition == DependencyCondition.Complete
        && world.Checkpoints.Find(taskArn)?.Find(edge.ContainerName) is
        {
            Known: ContainerStatus.Stopped, UpSince: null, ExitCode: EcsTask.DependencyFailureExitCode,
        };
}
