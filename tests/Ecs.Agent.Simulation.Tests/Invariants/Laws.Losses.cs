using System.Collections.Immutable;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Simulation.Tests.World;

namespace Ecs.Agent.Simulation.Tests.Invariants;

/// <content>What must hold when what was durable is lost or stale, and when the agent ends in order.</content>
internal sealed partial class Laws
{
    /// <summary>A second less than the agent takes for it: what is late then may be told after the next start.</summary>
    private static readonly TimeSpan ReportTime = TimeSpan.FromSeconds(4);

    private readonly HashSet<string> _lossy = new(StringComparer.Ordinal);
    private readonly HashSet<string> _untraceable = new(StringComparer.Ordinal);
    private DateTimeOffset _endBegan;
    private bool _endDisturbed;

    /// <summary>
    /// The agent cannot know any more what it has told or was told. So it may tell again, and what it was told is said anew by the control
    /// plane's manifest. What Docker can tell it must find out.
    /// </summary>
    public void OnStateLost(ImmutableArray<EcsTask> before, ImmutableArray<EcsTask> after)
    {
        foreach (var taskArn in before.Concat(after).Select(t => t.Arn).Distinct(StringComparer.Ordinal))
        {
            var (was, now) = (SimulatedCheckpoints.FindIn(before, taskArn), SimulatedCheckpoints.FindIn(after, taskArn));
            if (!ReferenceEquals(was, now))
            {
                Forgive(taskArn, now);
            }
        }
    }

    public void OnRegister(ContainerInstanceRegistration registration) => Require(
        registration.ContainerInstanceArn is not null || !world.Docker.Survey().Any(),
        "the machine is registered anew although its containers tell who it is");

    public void OnShutDownBegins()
    {
        _endBegan = world.Clock.Now;
        _endDisturbed = IsCutOff;
    }

    /// <summary>Ended in order: what was known has been told, unless something was in the way.</summary>
    public void OnShutDown()
    {
        if (_endDisturbed || IsCutOff || world.Clock.Now - _endBegan > ReportTime)
        {
            return;
        }

        foreach (var task in world.Checkpoints.All)
        {
            var id = task.Definition.Id;
            Require(
                task.Known != EcsTaskStatus.Stopped || task.Sent == EcsTaskStatus.Stopped, $"{id} is STOPPED and the agent ends without a word");
            Require(task.RunningSince is null || task.Sent >= EcsTaskStatus.Running, $"{id} is RUNNING and the agent ends without a word");
            foreach (var container in task.Containers.Where(c => c.Known >= ContainerStatus.Running))
            {
                Require(container.Sent >= container.Known, $"{id}/{container.Name} is {container.Known} and the agent ends without a word");
            }
        }
    }

    private bool IsCutOff => world.ControlPlane.IsAway || world.Checkpoints.IsFailing || world.Unsaved > 0;

    private void Forgive(string taskArn, EcsTask? now)
    {
        _lossy.Add(taskArn);
        _submitted.Remove(taskArn);
        foreach (var key in _stopDurableSince.Keys.Where(
            k => k.TaskArn == taskArn && now?.Find(k.Container) is not { Desired: ContainerStatus.Stopped }).ToList())
        {
            _stopDurableSince.Remove(key);
        }

        if (HasEnded(taskArn) || world.Payloads.ToStop.Contains(taskArn))
        {
            world.Payloads.AddToManifest(taskArn);
        }

        if (now is null && !world.Docker.Containers.Any(c => c.TaskArn == taskArn))
        {
            _untraceable.Add(taskArn);
        }
        else if (HasEnded(taskArn) && (now is null ? MayRestart(taskArn) : now.Known != EcsTaskStatus.Stopped))
        {
            // It may come back to life before the manifest comes. Its end will be told once more.
            _settled[taskArn] = ReportedStatus.Running;
        }
    }

    /// <summary>A restart policy may find that a container whose end is forgotten should run.</summary>
    private bool MayRestart(string taskArn) => world.Docker.Containers.Any(
        c => c.TaskArn == taskArn && c.Creation.Container.RestartPolicy is { Enabled: true });
}
