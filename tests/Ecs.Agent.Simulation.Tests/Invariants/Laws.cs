using System.Globalization;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Simulation.Tests.World;

namespace Ecs.Agent.Simulation.Tests.Invariants;

/// <summary>
/// What must hold whatever happens. Judged by the truth of the daemon, by what is durable and by what the control plane has heard, never
/// by the agent's own rules, which are what is being judged.
/// </summary>
internal sealed partial class Laws(SimulatedWorld world)
{
    /// <summary>Longer than anything that can hold a look up, shorter than the look that is made without any hint (5 min).</summary>
    private static readonly TimeSpan HintPatience = TimeSpan.FromMinutes(4);

    private readonly List<(DateTimeOffset Due, DockerContainer Container, int Run)> _hinted = [];
    private readonly List<(DateTimeOffset Due, DockerContainer Container, int Run)> _startedAgain = [];
    private readonly Dictionary<string, DateTimeOffset> _toldSince = new(StringComparer.Ordinal);

    /// <summary>The first law that was broken, or null.</summary>
    public string? Broken { get; private set; }

    public void Break(string law)
    {
        if (Broken is null)
        {
            Broken = law;
            world.Trace.Add($"BROKEN: {law}");
        }
    }

    /// <summary>Looked at whenever nothing is left to do at this moment.</summary>
    public void AfterStep()
    {
        foreach (var container in world.Docker.Containers.Where(c => c is { Runs: true, StartedByOthers: false }))
        {
            if (_lossy.Contains(container.TaskArn) && world.Agent is not { Life.IsDead: false, IsUp: true })
            {
                // Who has lost his memory must have the time to look around.
                continue;
            }

            var saved = world.Checkpoints.Find(container.TaskArn)?.Find(container.Name);
            Require(
                saved is not null || (_lossy.Contains(container.TaskArn) && world.Agent?.Owners.Find(container.TaskArn) is not null),
                $"{container.Label} runs and is nobody's");
            Require(saved?.Known != ContainerStatus.Stopped, $"{container.Label} runs although it is known as STOPPED");
            Require(!HasEnded(container.TaskArn), $"{container.Label} runs although its task was reported STOPPED");
        }

        if (world.Agent is { Life.IsDead: false, IsUp: true } agent)
        {
            Require(agent.Owners.ExecuteTask is not { IsFaulted: true }, $"an owner crashed: {agent.Owners.ExecuteTask?.Exception}");
            RequireHintsFollowed();
            RequireFairPulls(agent);
            RequireFewStopped();
            if (world is { Saving: 0, Unsaved: 0 })
            {
                RequireDeadlinesKept();
                RequireFairShares(agent.Ledger.Snapshot);
            }
        }
    }

    public void OnHint(DockerContainer container, RuntimeEvent hint)
    {
        if (hint is RuntimeEvent.Ended && !container.Runs)
        {
            _hinted.Add((world.Clock.Now + HintPatience, container, container.Starts));
        }

        if (hint is RuntimeEvent.Started && container is { Runs: true, StartedByOthers: true })
        {
            _startedAgain.Add((world.Clock.Now + HintPatience, container, container.Starts));
        }
    }

    /// <summary>A stream that was opened anew is a hint about everything.</summary>
    public void OnResync()
    {
        foreach (var container in world.Docker.EverSeen.Where(c => !c.Runs && c.Starts > 0))
        {
            _hinted.Add((world.Clock.Now + HintPatience, container, container.Starts));
        }
    }

    /// <summary>The next life looks at everything anyway.</summary>
    public void OnAgentKilled()
    {
        _hinted.Clear();
        _startedAgain.Clear();
        _freeableSince.Clear();
        _inLine.Clear();
        _earliest.Clear();
    }

    private void RequireHintsFollowed()
    {
        foreach (var (_, container, run) in _hinted.Where(h => h.Due <= world.Clock.Now))
        {
            var saved = world.Checkpoints.Find(container.TaskArn)?.Find(container.Name);
            Require(
                saved is null || saved.Known == ContainerStatus.Stopped || container.Starts > run
                || world.Docker.Ever(container.TaskArn, container.Name) != container,
                $"{container.Label} has ended, the agent was told and does not know");
        }

        _hinted.RemoveAll(h => h.Due <= world.Clock.Now);
        foreach (var (_, container, run) in _startedAgain.Where(s => s.Due <= world.Clock.Now))
        {
            Require(
                !container.Runs || container.Starts > run || world.Checkpoints.Find(container.TaskArn) is null
                || _lossy.Contains(container.TaskArn),
                $"{container.Label} was started again by others after its end and runs on");
        }

        _startedAgain.RemoveAll(s => s.Due <= world.Clock.Now);
    }

    /// <summary>The cap on what a crash loop leaves behind is kept, once the control plane knows of the ends and there was time.</summary>
    private void RequireFewStopped()
    {
        if (world.Scenario.Host.MostStopped is not { } most)
        {
            return;
        }

        var left = 0;
        foreach (var task in world.Checkpoints.All)
        {
            if (task.Sent != EcsTaskStatus.Stopped)
            {
                _toldSince.Remove(task.Arn);
            }
            else if (_toldSince.TryAdd(task.Arn, world.Clock.Now) || world.Clock.Now - _toldSince[task.Arn] < HintPatience)
            {
                continue;
            }
            else
            {
                left += world.Docker.Containers.Count(
                    c => c.TaskArn == task.Arn && !c.StartedByOthers && task.Find(c.Name) is { RuntimeId: not null });
            }
        }

        Require(left <= most, $"{left} containers of stopped tasks are kept, {most} may be");
    }

    /// <summary>Nobody waits for a dependency beyond its start timeout.</summary>
    private void RequireDeadlinesKept()
    {
        foreach (var task in world.Checkpoints.All.Where(t => t.Desired != EcsTaskStatus.Stopped))
        {
            foreach (var container in task.Containers.Where(WaitsForEdges))
            {
                Require(
                    !container.Definition.DependsOn.Any(edge => IsOverdue(task, edge)),
                    $"{task.Definition.Id}/{container.Name} waits for a dependency beyond its start timeout");
            }
        }
    }

    private bool WaitsForEdges(EcsContainer container) => container is { Unconfirmed: false, Desired: not ContainerStatus.Stopped } && (
        container.Known == ContainerStatus.Pulled || (container.Known == ContainerStatus.ManifestPulled && !world.Scenario.PullUpfront));

    private bool IsOverdue(EcsTask task, ContainerDependency edge) =>
        edge.Condition is DependencyCondition.Complete or DependencyCondition.Success or DependencyCondition.Healthy
        && task.Find(edge.ContainerName) is { Known: not ContainerStatus.Stopped, StartedAt: { } startedAt } dependency
        && dependency.Definition.StartTimeout > TimeSpan.Zero
        && world.Clock.Now > startedAt + dependency.Definition.StartTimeout + TimeSpan.FromSeconds(1)
        && !IsMet(task.Arn, edge);

    private void RequireFairShares(HostResourceQueue queue)
    {
        var held = queue.Held;

        // What a task held before the loss it goes on holding until it is known what became of it, whoever was let in meanwhile.
        held = held.RemoveRange(_lossy);
        Require(held.Values.Sum(n => n.Cpu) <= world.Machine.Cpu, "more CPU is held than there is");
        Require(held.Values.Sum(n => n.MemoryMiB) <= world.Machine.MemoryMiB, "more memory is held than there is");
        var ports = held.Values.SelectMany(n => n.TcpPorts).ToList();
        Require(ports.Distinct().Count() == ports.Count, "a TCP port is held twice");
        var udpPorts = held.Values.SelectMany(n => n.UdpPorts).ToList();
        Require(udpPorts.Distinct().Count() == udpPorts.Count, "a UDP port is held twice");
        var gpus = held.Values.SelectMany(n => n.Gpus).ToList();
        Require(gpus.Distinct().Count() == gpus.Count, "a GPU is held twice");
        Require(gpus.TrueForAll(world.Machine.Gpus.Contains), "a GPU is held that there is not");
        Require(queue.Waiting.IsEmpty || !Fits(queue.Waiting[0].Need, queue), "the head of the line fits and is not let in");
        var order = world.Checkpoints.All.Select(t => t.Arn).ToList();
        foreach (var task in world.Checkpoints.All.Where(t => EcsTask.CountsAgainstHost(t.Definition)))
        {
            var holds = queue.Held.ContainsKey(task.Arn);
            Require(
                !holds || task.Known != EcsTaskStatus.Stopped,
                $"{task.Definition.Id} is STOPPED and still holds its share of the host");
            Require(
                holds || task.Known == EcsTaskStatus.Stopped || task.HostResources != HostResourceClaim.Held,
                $"{task.Definition.Id} is not STOPPED and its share of the host was given away");
            Require(
                !holds || _lossy.Contains(task.Arn) || !queue.Waiting.Any(w => !_lossy.Contains(w.TaskArn) && order.IndexOf(w.TaskArn) < order.IndexOf(task.Arn)),
                $"{task.Definition.Id} was let in before a task that waits longer");
        }

        foreach (var container in world.Docker.Containers.Where(c => c is { Runs: true, StartedByOthers: false } && EcsTask.CountsAgainstHost(c.Creation.Task)))
        {
            Require(queue.Held.ContainsKey(container.TaskArn), $"{container.Label} runs without a share of the host");
        }
    }

    private bool Fits(HostResourceNeed need, HostResourceQueue queue) =>
        queue.Held.Values.Sum(n => n.Cpu) + need.Cpu <= world.Machine.Cpu
        && queue.Held.Values.Sum(n => n.MemoryMiB) + need.MemoryMiB <= world.Machine.MemoryMiB
        && !queue.Held.Values.Any(n =>
            n.TcpPorts.Overlaps(need.TcpPorts) || n.UdpPorts.Overlaps(need.UdpPorts) || n.Gpus.Overlaps(need.Gpus));

    private void Require(bool holds, string law)
    {
        if (!holds)
        {
            Break(law);
        }
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
