using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Owners;

/// <summary>
/// All tasks of this machine, each with its owner. Tasks come in through <see cref="AdmitAsync"/> and leave when forgotten.
/// </summary>
internal sealed class TaskOwners(
    StepExecutor executor,
    HostResourceLedger hostResources,
    TaskCredentials credentials,
    ICheckpointStore checkpoints,
    EarlierLife earlierLife,
    IEnumerable<ITaskObserver> observers,
    IIdentifiers identifiers,
    AgentIdentity identity,
    AgentOptions options,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService, ITaskDirectory
{
    private readonly ConcurrentDictionary<string, TaskOwner> _owners = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string TaskArn, string Container)> _byRuntimeId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TaskOwner, Task> _running = new();
    private readonly TaskCompletionSource _crash = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _deadline = new();
    private readonly ImmutableArray<ITaskObserver> _observers = [.. observers];
    private readonly ILogger _logger = loggers.CreateLogger<TaskOwner>();
    private long _admissions;

    public EcsTask? Find(string taskArn) => _owners.TryGetValue(taskArn, out var owner) ? owner.Snapshot : null;

    public ImmutableArray<EcsTask> All() => [.. _owners.Values.OrderBy(owner => owner.Order).Select(owner => owner.Snapshot)];

    public Task ForgottenAsync(string taskArn, CancellationToken cancellationToken) =>
        _owners.TryGetValue(taskArn, out var owner) && _running.TryGetValue(owner, out var run)
            ? run.WaitAsync(cancellationToken)
            : Task.CompletedTask;

    /// <summary>
    /// Takes the task on, durably, and sets it going. False when a task of that ARN is known already: that one stays as it is. Throws
    /// <see cref="OperationCanceledException"/> when the agent is stopping.
    /// </summary>
    public async Task<bool> AdmitAsync(EcsTask task, CancellationToken cancellationToken)
    {
        // Whoever comes when the agent stops is not taken on and not acknowledged, so it is sent again.
        _stopping.Token.ThrowIfCancellationRequested();
        var owner = OwnerOf(task, isSaved: true);
        if (!_owners.TryAdd(task.Arn, owner))
        {
            await owner.DisposeAsync().ConfigureAwait(false);
            return false;
        }

        try
        {
            await checkpoints.SaveAsync(task, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Not durable, hence not taken on: the control plane gets no acknowledgement and will send it again.
            _owners.TryRemove(task.Arn, out _);
            await owner.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        hostResources.Keep(task);
        hostResources.TakePlace(task);
        Begin(owner);
        return true;
    }

    /// <summary>
    /// Takes on a task that runs already and of which nothing is saved. That must not wait for the disk: its owner saves it as its first act, and
    /// only looks and stops until it can. A task of that ARN that is known already stays as it is.
    /// </summary>
    public async Task AdoptAsync(EcsTask task)
    {
        var owner = OwnerOf(task, isSaved: false);
        if (!_owners.TryAdd(task.Arn, owner))
        {
            await owner.DisposeAsync().ConfigureAwait(false);
            return;
        }

        hostResources.Keep(task);
        Begin(owner);
    }

    /// <summary>
    /// Goes on with the tasks of an earlier life, in the order of their admission. What they held of the host is theirs again before
    /// anybody, new or restored, can ask for it.
    /// </summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var saved = await checkpoints.LoadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var task in saved)
        {
            hostResources.Keep(task);
        }

        foreach (var task in saved)
        {
            var owner = OwnerOf(task, isSaved: true);
            _owners[task.Arn] = owner;
            owner.Post(new TaskEvent.Recovered(time.GetUtcNow()));
            hostResources.TakePlace(task);
        }

        foreach (var owner in _owners.Values.OrderBy(owner => owner.Order))
        {
            Begin(owner);
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        credentials.CredentialsArrived += Wake;
        await earlierLife.ResumeAsync(cancellationToken).ConfigureAwait(false);
        await RestoreAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells a task that something happened; false when there is no such task.</summary>
    public bool Post(string taskArn, TaskEvent taskEvent)
    {
        if (!_owners.TryGetValue(taskArn, out var owner))
        {
            return false;
        }

        owner.Post(taskEvent);
        return true;
    }

    /// <summary>As <see cref="Post"/>, and returns when it is durable.</summary>
    public async Task<bool> PostDurablyAsync(string taskArn, TaskEvent taskEvent, CancellationToken cancellationToken)
    {
        if (!_owners.TryGetValue(taskArn, out var owner))
        {
            return false;
        }

        await owner.PostDurablyAsync(taskEvent, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Tells the task that a Docker container belongs to; containers that are nobody's are ignored.</summary>
    public void PostToContainer(string runtimeId, Func<string, TaskEvent> eventFor)
    {
        if (_byRuntimeId.TryGetValue(runtimeId, out var place))
        {
            Post(place.TaskArn, eventFor(place.Container));
        }
    }

    /// <summary>Something may have been missed: every container that is not known to have ended is looked at.</summary>
    public void LookAtAll()
    {
        foreach (var owner in _owners.Values)
        {
            foreach (var container in owner.Snapshot.Containers.Where(c => c.RuntimeId is not null && c.Known != ContainerStatus.Stopped))
            {
                owner.Post(new TaskEvent.LookNeeded(time.GetUtcNow(), container.Name));
            }
        }
    }

    /// <summary>What the task waits for, and the plan behind it.</summary>
    public TaskPlan? PlanOf(string taskArn) => SituationOf(taskArn)?.Plan;

    /// <summary>All that is known of the task, or null.</summary>
    public TaskSituation? SituationOf(string taskArn) => _owners.TryGetValue(taskArn, out var owner) ? owner.Situation : null;

    /// <summary>All that is known of each task, in the order of their admission.</summary>
    public ImmutableArray<TaskSituation> Situations() =>
        [.. _owners.Values.OrderBy(owner => owner.Order).Select(owner => owner.Situation)];

    /// <summary>
    /// Takes no task on any more and lets all tasks go: their containers run on. What the control plane does not know yet it is told,
    /// within <see cref="AgentOptions.ShutdownReportTimeout"/>; an agent that has nothing to tell, or nobody, stops at once.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(identity.IsKnown ? options.ShutdownReportTimeout : TimeSpan.Zero, time);
        await using var whenOver = limit.Token.Register(_deadline.Cancel).ConfigureAwait(false);
        await using var whenHurried = cancellationToken.Register(_deadline.Cancel).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        _deadline.Dispose();
        base.Dispose();
    }

    /// <summary>Ends only when an owner has crashed, and then takes the process with it: half an engine is worse than none.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _crash.Task.WaitAsync(stoppingToken);

    /// <summary>What a task has waited for may be here.</summary>
    private void Wake(string taskArn)
    {
        if (_owners.TryGetValue(taskArn, out var owner))
        {
            owner.Post(new TaskEvent.Woken(time.GetUtcNow()));
        }
    }

    private TaskOwner OwnerOf(EcsTask task, bool isSaved) => new(
        task,
        isSaved,
        Interlocked.Increment(ref _admissions),
        DrawPolicy(task),
        executor,
        credentials,
        checkpoints,
        _observers.Insert(0, new RuntimeIdIndex(_byRuntimeId)),
        time,
        _logger);

    /// <summary>Off the caller's path: admission is done when the task is durable, not when its first plan is made.</summary>
    private void Begin(TaskOwner owner)
    {
        owner.Announce();
        var run = new Task<Task>(() => RunAsync(owner));
        _running[owner] = run.Unwrap();
        run.Start(TaskScheduler.Default);
    }

    private async Task RunAsync(TaskOwner owner)
    {
        try
        {
            if (await owner.RunAsync(_stopping.Token, _deadline.Token).ConfigureAwait(false))
            {
                Drop(owner.Snapshot);
            }
        }
        catch (Exception e)
        {
            _crash.TrySetException(e);
        }
        finally
        {
            await owner.DisposeAsync().ConfigureAwait(false);
            _running.TryRemove(owner, out _);
        }
    }

    private void Drop(EcsTask task)
    {
        _owners.TryRemove(task.Arn, out _);
        credentials.Forget(task.Arn);
        foreach (var container in task.Containers)
        {
            if (container.RuntimeId is { } runtimeId)
            {
                _byRuntimeId.TryRemove(runtimeId, out _);
            }
        }
    }

    private PlanningPolicy DrawPolicy(EcsTask task) => new()
    {
        DefaultStopTimeout = options.ContainerStopTimeout,
        CleanupWait = options.TaskCleanupWait + (options.TaskCleanupWaitJitter * TaskFraction.Of(task.Arn)),
        ReportHoldBack = TimeSpan.FromSeconds(10 + (20 * identifiers.NextFraction())),
        SteadyStateLook = TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(30 * identifiers.NextFraction()),
        PullUpfront = options.PullDependentContainersUpfront,
    };

    /// <summary>Keeps the way back from Docker's ids to tasks.</summary>
    private sealed class RuntimeIdIndex(ConcurrentDictionary<string, (string TaskArn, string Container)> index) : ITaskObserver
    {
        public void OnChanged(EcsTask? before, EcsTask after)
        {
            foreach (var container in after.Containers)
            {
                if (container.RuntimeId is { } runtimeId)
                {
                    index.TryAdd(runtimeId, (after.Arn, container.Name));
                }
            }
        }
    }
}
