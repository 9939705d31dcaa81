using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Simulation.Tests.Invariants;
using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>All that a run consists of.</summary>
internal sealed class SimulatedWorld
{
    private readonly Dictionary<RuntimeCallKind, int> _calls = [];
    private readonly List<Disturbance.AgentKilled> _kills;
    private int _lives;
    private int _allCalls;
    private int _hints;
    private int _losing;
    private int _repeating;
    private int _delaying;

    public SimulatedWorld(Scenario scenario)
    {
        Scenario = scenario;
        Clock = new VirtualClock(scenario.Chance);
        Trace = new Trace(Clock);
        Docker = new SimulatedDocker(this);
        ControlPlane = new SimulatedControlPlane(this);
        Checkpoints = new SimulatedCheckpoints();
        Images = new SimulatedImages(this);
        Ledger = new SimulatedImageLedger(Images.OldLedger());
        Identifiers = new SimulatedIdentifiers(scenario.Chance);
        Payloads = new PayloadQueue(this);
        Laws = new Laws(this);
        _kills = [.. scenario.Disturbances.OfType<Disturbance.AgentKilled>()];
        Machine = new HostResourceNeed { Cpu = 2048, MemoryMiB = 4096, TcpPorts = [22], Gpus = HostResourceNeed.GpuSet(["gpu-8", "gpu-9"]) };
    }

    public Scenario Scenario { get; }

    public Chance Chance => Scenario.Chance;

    public VirtualClock Clock { get; }

    public Trace Trace { get; }

    public SimulatedDocker Docker { get; }

    public SimulatedControlPlane ControlPlane { get; }

    public SimulatedCheckpoints Checkpoints { get; }

    public SimulatedImages Images { get; }

    public SimulatedImageLedger Ledger { get; }

    public SimulatedIdentity Identity { get; } = new();

    public SimulatedIdentifiers Identifiers { get; }

    public PayloadQueue Payloads { get; }

    public Laws Laws { get; }

    /// <summary>CPU and memory of the machine; the ports are those that no task may have.</summary>
    public HostResourceNeed Machine { get; }

    /// <summary>The agent in its present life; null before the first.</summary>
    public SimulatedAgent? Agent { get; private set; }

    /// <summary>Saves that have begun and not ended.</summary>
    public int Saving { get; set; }

    /// <summary>How many reasons there are that what is in memory need not be durable yet: saves fail, or did a moment ago.</summary>
    public int Unsaved { get; set; }

    /// <summary>Counts what the driver has done; everything in between is one step.</summary>
    public long Step { get; set; }

    public int Calls => _allCalls;

    public async Task BeginLifeAsync()
    {
        Saving = 0;
        var life = new AgentLife(this, ++_lives);
        Trace.Add($"agent: life {life.Number} begins");
        Agent = new SimulatedAgent(this, life);
        await Agent.StartAsync().ConfigureAwait(false);
        Payloads.Deliver();
    }

    public void Bury(AgentLife life, TimeSpan downFor)
    {
        Trace.Add($"agent: life {life.Number} is over");
        Images.EndAll();
        Laws.OnAgentKilled();
        Clock.After(downFor, () => Watch(BeginLifeAsync()));
    }

    /// <summary>What fails in the background breaks the run: nothing may fail there.</summary>
    public void Watch(Task background) => background.ContinueWith(
        task => Laws.Break($"a defect: {task.Exception}"),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    public int NextCall(string what)
    {
        Trace.Add($"{what} (call {_allCalls + 1})");
        return ++_allCalls;
    }

    public Disturbance.AgentKilled? KillAt(int call, bool afterEffect) =>
        _kills.Find(kill => kill.AtCall == call && kill.AfterEffect == afterEffect);

    public int NthOf(RuntimeCallKind call) => _calls[call] = _calls.GetValueOrDefault(call) + 1;

    public CallFault? FaultOf(RuntimeCallKind call, int nth) => Scenario.Disturbances
        .OfType<Disturbance.CallFails>()
        .FirstOrDefault(fault => fault.Call == call && fault.Nth == nth)?.Fault;

    public ContainerScript ScriptOf(ContainerCreation creation)
    {
        var task = Scenario.Tasks.First(t => t.Definition.Arn == creation.Task.Arn);
        return task.Containers[task.Definition.Containers.IndexOf(creation.Container)];
    }

    /// <summary>Passes a hint on to the agent, unless nobody listens or it gets lost on the way.</summary>
    public void Hint(DockerContainer container, RuntimeEvent hint)
    {
        if (Docker.IsAway || _losing > 0)
        {
            return;
        }

        var nth = _hints++;
        var delay = _delaying > 0 ? Chance.Between(0, 40_000, "late hint", nth) : Chance.Between(0, 20, "hint", nth);
        Clock.After(delay, () => Tell(container, hint));
        if (_repeating > 0)
        {
            Clock.After(delay + Chance.Between(0, 30_000, "repeated hint", nth), () => Tell(container, hint));
        }
    }

    public void Resync()
    {
        if (Agent is { Life.IsDead: false } agent)
        {
            agent.Runtime.Tell(new RuntimeEvent.Resync());
            Laws.OnResync();
        }
    }

    /// <summary>Sets everything that the scenario says on the clock.</summary>
    public void Wind()
    {
        for (var i = 0; i < Math.Min(2, Scenario.Host.ForeignImages); i++)
        {
            Docker.Foreign.Add(new ForeignContainer($"f{i:x63}", Images.Find($"foreign/{i}:1")!, Runs: i == 1));
        }

        foreach (var task in Scenario.Tasks)
        {
            Clock.After(task.ArrivesAt, () => Payloads.Add(task.Definition, start: true));
            if (task.StopAt is { } stopAt)
            {
                Clock.After(stopAt, () => Payloads.Add(task.Definition, start: false));
            }
        }

        foreach (var disturbance in Scenario.Disturbances.OfType<Disturbance.Timed>())
        {
            Clock.After(disturbance.At, () => Happen(disturbance));
        }
    }

    private void Tell(DockerContainer container, RuntimeEvent hint)
    {
        if (Docker.IsAway || Agent is not { Life.IsDead: false } agent)
        {
            return;
        }

        Trace.Add($"hint: {hint.GetType().Name} {container.Label}");
        agent.Runtime.Tell(hint);
        Laws.OnHint(container, hint);
    }

    private void Happen(Disturbance.Timed disturbance)
    {
        Trace.Add($"disturbance: {disturbance}");
        switch (disturbance)
        {
            case Disturbance.ContainerEnds d when Find(d.Task, d.Container) is { } container:
                Docker.End(container, d.ExitCode, d.OutOfMemory);
                break;
            case Disturbance.ContainerRemoved d when Find(d.Task, d.Container) is { } container:
                Docker.Remove(container, byForce: true);
                break;
            case Disturbance.OutOfMemoryInside d when Find(d.Task, d.Container) is { Runs: true } container:
                container.OutOfMemory = true;
                break;
            case Disturbance.HealthFlips d when Find(d.Task, d.Container) is { } container:
                Docker.SetHealth(container, d.Healthy ? HealthStatus.Healthy : HealthStatus.Unhealthy);
                break;
            case Disturbance.DaemonAway d:
                Docker.GoAway(d.For, d.EndsContainers);
                break;
            case Disturbance.HintsLost d:
                For(d.For, by => _losing += by);
                break;
            case Disturbance.HintsRepeated d:
                For(d.For, by => _repeating += by);
                break;
            case Disturbance.HintsLate d:
                For(d.For, by => _delaying += by);
                break;
            case Disturbance.StreamBreaks:
                Resync();
                break;
            case Disturbance.ControlPlaneAway d:
                ControlPlane.GoAway(d.For);
                break;
            case Disturbance.SavesFail d:
                Checkpoints.Fail(this, d);
                break;
            case Disturbance.AgentShutsDown d when Agent is { Life.IsDead: false, IsUp: true } agent:
                Watch(agent.ShutDownAsync(d.DownFor));
                break;
            case Disturbance.ContainerStarted d when Find(d.Task, d.Container) is { State: ObservedState.Stopped } container
                && Checkpoints.Find(container.TaskArn)?.Find(container.Name) is { Known: ContainerStatus.Stopped, Removed: false }:
                container.StartedByOthers = true;
                Docker.Start(container.RuntimeId);
                break;
            case Disturbance.ImageMoves d:
                Images.Move($"repo/i{d.Image}:1");
                break;
            case Disturbance.StateLost d:
                if (Agent is { Life.IsDead: false } victim)
                {
                    victim.Life.Die(d.DownFor);
                }

                Checkpoints.Lose(this, d);
                break;
            case Disturbance.PayloadRepeated d when Payloads.Accepted.Contains(ArnOf(d.Task)):
                Payloads.Add(Scenario.Tasks[d.Task % Scenario.Tasks.Length].Definition, start: true);
                break;
        }
    }

    private void For(TimeSpan length, Action<int> count)
    {
        count(1);
        Clock.After(length, () => count(-1));
    }

    private string ArnOf(int task) => Scenario.Tasks[task % Scenario.Tasks.Length].Definition.Arn;

    private DockerContainer? Find(int task, int container)
    {
        var definition = Scenario.Tasks[task % Scenario.Tasks.Length].Definition;
        var name = definition.Containers[container % definition.Containers.Length].Name;
        return Docker.Ever(definition.Arn, name) is { State: not ObservedState.Missing } found ? found : null;
    }
}
