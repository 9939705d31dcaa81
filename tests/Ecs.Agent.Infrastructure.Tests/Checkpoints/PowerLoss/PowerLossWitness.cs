using System.Collections.Concurrent;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Ecs.Agent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>
/// Stands between the agent and the world. Whenever the agent lets anything be seen, a report or an act on a container, the power goes, several
/// times and each time differently: what the next life would find must already hold it.
/// </summary>
internal sealed class PowerLossWitness(CheckpointedWorld world, MemoryDisk disk, DataDirectory images, int seed, int lossesEach)
    : IControlPlane, IContainerRuntime
{
    private readonly FakeControlPlane _controlPlane = world.Heard;
    private readonly ConcurrentQueue<string> _violations = new();
    private int _moments;
    private int _losses;

    /// <summary>What the next life would not have known.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>How often the agent let something be seen.</summary>
    public int Moments => _moments;

    /// <summary>How often the power went.</summary>
    public int Losses => _losses;

    public Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken) =>
        _controlPlane.RegisterAsync(registration, cancellationToken);

    public Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken)
    {
        Require($"report {report.Status} of {report.TaskArn}", report.TaskArn, task => WhyNot(task, report));
        return _controlPlane.SubmitAsync(report, cancellationToken);
    }

    public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancellationToken) => world.Docker.GetInfoAsync(cancellationToken);

    public Task<string> CreateAsync(ContainerCreation creation, CancellationToken cancellationToken)
    {
        Require(
            $"create {creation.DockerName}", creation.Task.Arn,
            task => task.Find(creation.Container.Name)?.DockerName == creation.DockerName ? null : "its name is not saved");
        return world.Docker.CreateAsync(creation, cancellationToken);
    }

    public Task<ContainerObservation> StartAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        RequireRecoverable("start", container);
        return world.Docker.StartAsync(container, cancellationToken);
    }

    public Task<ContainerObservation> InspectAsync(ContainerHandle container, CancellationToken cancellationToken) =>
        world.Docker.InspectAsync(container, cancellationToken);

    public Task<ContainerObservation> StopAsync(ContainerHandle container, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        RequireRecoverable("stop", container);
        return world.Docker.StopAsync(container, gracePeriod, cancellationToken);
    }

    public Task RemoveAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        var found = Find(container);
        Require($"remove {found.DockerName}", found.TaskArn, task => task.Known == EcsTaskStatus.Stopped ? null : $"it is {task.Known}");
        return world.Docker.RemoveAsync(container, cancellationToken);
    }

    /// <summary>The agent has let something be seen of the task: whatever is lost now, the next life must find the task and nothing wrong with it.</summary>
    public void Require(string moment, string taskArn, Func<EcsTask, string?> whyNot)
    {
        var random = new Random(seed + Interlocked.Increment(ref _moments));
        for (var i = 0; i < lossesEach; i++)
        {
            Interlocked.Increment(ref _losses);
            using var found = disk.AfterPowerLoss(random);
            if (FindIn(found, taskArn, out var tasks) is not { } task)
            {
                _violations.Enqueue($"{moment}: the task is not there, only {tasks} others");
            }
            else if (whyNot(task) is { } problem)
            {
                _violations.Enqueue($"{moment}: {problem}");
            }
        }
    }

    private static string? WhyNot(EcsTask task, TaskStateReport report) =>
        !Knows(task, report.Status)
            ? $"the task is {task.Known}"
            : report.Containers.Select(entry => WhyNot(task, entry)).FirstOrDefault(problem => problem is not null);

    private static bool Knows(EcsTask task, ReportedStatus status) => status switch
    {
        ReportedStatus.Pending => task.Known >= EcsTaskStatus.ManifestPulled,
        ReportedStatus.Running => task.Known >= EcsTaskStatus.Running && task.RunningSince is not null,
        ReportedStatus.Stopped => task.Known == EcsTaskStatus.Stopped,
    };

    private static string? WhyNot(EcsTask task, ContainerStateReport entry)
    {
        var container = task.Find(entry.ContainerName);
        var known = container is not null && entry.Status switch
        {
            ReportedStatus.Pending => container.Known >= ContainerStatus.ManifestPulled,
            ReportedStatus.Running => container.UpSince is not null,
            ReportedStatus.Stopped => container.Known == ContainerStatus.Stopped && container.ExitCode == entry.ExitCode,
        };
        return !known ? $"container {entry.ContainerName} is {container?.Known}"
            : entry.RuntimeId is { } id && container!.RuntimeId != id ? $"container {entry.ContainerName} has the id {container.RuntimeId}"
            : null;
    }

    private void RequireRecoverable(string act, ContainerHandle container)
    {
        var found = Find(container);
        Require($"{act} {found.DockerName}", found.TaskArn, task =>
            task.Find(found.Name) is { } saved && (saved.RuntimeId == found.RuntimeId || saved.DockerName == found.DockerName)
                ? null
                : "neither its name nor its id is saved");
    }

    private FakeContainer Find(ContainerHandle container) =>
        world.Docker.Containers.Values.Single(c => c.RuntimeId == container.RuntimeId || c.DockerName == container.RuntimeId);

    private EcsTask? FindIn(MemoryDisk found, string taskArn, out int others)
    {
        using var store = new SqliteCheckpointStore(images, found, world.Clock, NullLogger<SqliteCheckpointStore>.Instance);
        var tasks = store.LoadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        others = tasks.Length;
        return tasks.FirstOrDefault(task => task.Arn == taskArn);
    }
}
