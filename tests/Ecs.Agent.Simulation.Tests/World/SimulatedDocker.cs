using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The daemon and all that it has. It outlives the agent and cares nothing for it.</summary>
internal sealed class SimulatedDocker(SimulatedWorld world)
{
    private readonly Dictionary<string, DockerContainer> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DockerContainer> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string TaskArn, string Name), DockerContainer> _ever = [];
    private readonly HashSet<string> _volumes = new(StringComparer.Ordinal);
    private int _away;

    public bool IsAway => _away > 0;

    /// <summary>Those that are there.</summary>
    public IEnumerable<DockerContainer> Containers => _byName.Values;

    public IEnumerable<DockerContainer> EverSeen => _ever.Values;

    public IReadOnlySet<string> Volumes => _volumes;

    /// <summary>The container as it was last, removed or not.</summary>
    public DockerContainer? Ever(string taskArn, string name) => _ever.GetValueOrDefault((taskArn, name));

    public SimulatedImages Images => world.Images;

    /// <summary>Containers that are none of the agent's business.</summary>
    public List<ForeignContainer> Foreign { get; } = [];

    public ImmutableArray<HostContainer> ListContainers() =>
    [
        .. _byName.Values.Select(c => new HostContainer(
            c.RuntimeId, c.DockerName, c.ImageId, c.Runs ? "running" : c.Starts > 0 ? "exited" : "created", c.CreatedAt)),
        .. Foreign.Select(c => c.List()),
    ];

    /// <summary>Whether a container was made from the image.</summary>
    public bool IsOccupied(string imageId) =>
        _byName.Values.Any(c => c.ImageId == imageId) || Foreign.Exists(c => c.ImageId == imageId);

    /// <summary>What the containers say of themselves by their labels.</summary>
    public ImmutableArray<SurveyedContainer> Survey() =>
    [
        .. _byName.Values.Where(c => c.Creation.ContainerInstanceArn is not null).Select(c => new SurveyedContainer(
            c.Creation.ContainerInstanceArn!, c.Creation.Cluster, c.Creation.DataDirectory, c.Creation.Task, c.Name, new FoundContainer(c.RuntimeId, c.DockerName, c.ImageId))),
    ];

    public void MakeVolume(string name) => _volumes.Add(name);

    public void RemoveVolume(string name) => _volumes.Remove(name);

    /// <summary>By id or by name.</summary>
    public DockerContainer? Find(string reference) => _byId.GetValueOrDefault(reference) ?? _byName.GetValueOrDefault(reference);

    public void Create(ContainerCreation creation)
    {
        if (_byName.ContainsKey(creation.DockerName))
        {
            return;
        }

        if (Images.Find(creation.Container.Image) is not { } imageId)
        {
            world.Laws.OnImageMissing(creation);
            throw new RuntimeException(
                new ContainerError(ContainerErrorNames.CannotCreateContainer, "No such image"), RuntimeFailureKind.NotFound);
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{_byId.Count + 1:x64}");
        var container = new DockerContainer(creation, id, imageId, world.ScriptOf(creation), world.Clock.Now);
        world.Trace.Add($"  docker: {container.Label} created");
        world.Laws.OnCreated(container, Ever(creation.Task.Arn, creation.Container.Name));
        _byName.Add(creation.DockerName, container);
        _byId.Add(id, container);
        _ever[(container.TaskArn, container.Name)] = container;
    }

    public void Start(string reference)
    {
        var container = Find(reference) is { State: not ObservedState.Missing } found
            ? found
            : throw new RuntimeException(
                new ContainerError(ContainerErrorNames.CannotStartContainer, "No such container"), RuntimeFailureKind.NotFound);
        if (container.Runs)
        {
            return;
        }

        world.Trace.Add($"  docker: {container.Label} started");
        container.State = ObservedState.Running;
        container.Starts++;
        container.StartedAt = world.Clock.Now;
        container.Health = HealthStatus.Unknown;
        container.OutOfMemory = false;
        world.Hint(container, new RuntimeEvent.Started(container.RuntimeId, container.StartedAt));
        Play(container);
    }

    /// <summary>Sends the stop signal; the kill follows after the grace period unless it has ended by then.</summary>
    public void Signal(DockerContainer container, TimeSpan gracePeriod)
    {
        if (!container.Runs)
        {
            return;
        }

        var heeds = container.Script.StopsWithin is { } within && within <= gracePeriod;
        var delay = heeds ? container.Script.StopsWithin!.Value : gracePeriod;
        InRun(container, delay, () => End(container, heeds ? container.Script.StopExitCode : 137, outOfMemory: false));
    }

    public void End(DockerContainer container, int exitCode, bool outOfMemory)
    {
        if (!container.Runs)
        {
            return;
        }

        world.Trace.Add($"  docker: {container.Label} ended, exit code {exitCode}");
        container.State = ObservedState.Stopped;
        container.ExitCode = container.StartedByOthers ? container.ExitCode : exitCode;
        container.OutOfMemory |= outOfMemory;
        container.FinishedAt = world.Clock.Now;
        world.Hint(container, new RuntimeEvent.Ended(container.RuntimeId));
        Release(container);
    }

    public void Remove(DockerContainer container, bool byForce)
    {
        if (container.State == ObservedState.Missing)
        {
            return;
        }

        if (container.Runs)
        {
            End(container, 137, outOfMemory: false);
        }

        world.Trace.Add($"  docker: {container.Label} removed");
        container.State = ObservedState.Missing;
        container.RemovedByForce = byForce;
        _byName.Remove(container.DockerName);
        world.Hint(container, new RuntimeEvent.Ended(container.RuntimeId));
        Release(container);
    }

    public void SetHealth(DockerContainer container, HealthStatus health)
    {
        if (container.Runs && container.Creation.Container.HasHealthCheck && container.Health != health)
        {
            container.Health = health;
            container.WasHealthy |= health == HealthStatus.Healthy;
            world.Hint(container, new RuntimeEvent.HealthChanged(container.RuntimeId, health));
        }
    }

    public void GoAway(TimeSpan length, bool endsContainers)
    {
        world.Trace.Add("  docker: away");
        _away++;
        world.Clock.After(length, () =>
        {
            _away--;
            world.Trace.Add("  docker: back");
            world.Resync();
        });
        if (endsContainers)
        {
            foreach (var container in _byName.Values.Where(c => c.Runs).ToList())
            {
                End(container, 137, outOfMemory: false);
            }
        }
    }

    /// <summary>What a removed volume's or image's absence means is the agent's business; here it is only kept.</summary>
    public bool HasVolume(TaskVolume volume) => volume switch
    {
        TaskVolume.TaskScoped own => _volumes.Contains(own.DockerName),
        TaskVolume.Shared shared => _volumes.Contains(shared.Name),
        _ => true,
    };

    private void Play(DockerContainer container)
    {
        var script = container.Script;
        if (script.EndsAfter is { } endsAfter && container.Starts <= script.Ends)
        {
            InRun(container, endsAfter, () => End(container, script.ExitCode, outOfMemory: false));
        }

        if (script.HealthyAfter is { } healthyAfter)
        {
            InRun(container, healthyAfter, () => SetHealth(container, HealthStatus.Healthy));
        }
    }

    private void InRun(DockerContainer container, TimeSpan delay, Action action)
    {
        var run = container.Starts;
        world.Clock.After(delay, () =>
        {
            if (container.Runs && container.Starts == run)
            {
                action();
            }
        });
    }

    private static void Release(DockerContainer container)
    {
        var waiting = container.OnEnd.ToList();
        container.OnEnd.Clear();
        waiting.ForEach(action => action());
    }
}
