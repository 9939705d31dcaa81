using System.Collections.Immutable;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Domain.Reporting;

namespace Ecs.Agent.Testing;

/// <summary>A control plane in memory: records what it is told, and can fail, refuse, and hold its answers.</summary>
public sealed class FakeControlPlane : IControlPlane
{
    private readonly ChangeSignal _changed = new();
    private ImmutableList<TaskStateReport> _attempts = [];
    private ImmutableList<TaskStateReport> _reports = [];
    private ImmutableQueue<ControlPlaneException> _failures = [];
    private TaskCompletionSource? _held;

    /// <summary>Who every machine is told to be.</summary>
    public ContainerInstance Instance { get; set; } =
        new("arn:aws:ecs:eu-central-1:123456789012:container-instance/default/0123456789abcdef0123456789abcdef", "default", null);

    /// <summary>What was registered.</summary>
    public ContainerInstanceRegistration? Registration { get; private set; }

    /// <summary>The reports that were accepted, in order.</summary>
    public ImmutableList<TaskStateReport> Reports => Volatile.Read(ref _reports);

    /// <summary>All reports that were submitted, in order, also those that failed.</summary>
    public ImmutableList<TaskStateReport> Attempts => Volatile.Read(ref _attempts);

    /// <summary>Lets the next submissions fail.</summary>
    /// <param name="times">How many.</param>
    /// <param name="kind">How.</param>
    public void FailNext(int times, ControlPlaneFailureKind kind = ControlPlaneFailureKind.Temporary)
    {
        var code = kind == ControlPlaneFailureKind.Refused ? "InvalidParameterException" : "ServerException";
        for (var i = 0; i < times; i++)
        {
            ImmutableInterlocked.Update(
                ref _failures, failures => failures.Enqueue(new ControlPlaneException(code, "as the test wants it", kind)));
        }
    }

    /// <summary>Holds the answer to every submission until <see cref="Release"/>.</summary>
    public void Hold() => Volatile.Write(ref _held, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Gives the answers that were held.</summary>
    public void Release() => Interlocked.Exchange(ref _held, null)?.TrySetResult();

    /// <summary>The accepted reports of one task, in order.</summary>
    public ImmutableArray<TaskStateReport> ReportsOf(string taskArn) => [.. Reports.Where(report => report.TaskArn == taskArn)];

    /// <summary>Waits until the condition holds; it is looked at after each submission and after each acceptance.</summary>
    public Task WaitForAsync(Func<FakeControlPlane, bool> condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return _changed.WaitForAsync(() => condition(this), cancellationToken);
    }

    public Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Registration = registration;
        return Task.FromResult(Instance);
    }

    public async Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ImmutableInterlocked.Update(ref _attempts, attempts => attempts.Add(report));
        _changed.Raise();
        if (Volatile.Read(ref _held) is { } held)
        {
            await held.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (ImmutableInterlocked.TryDequeue(ref _failures, out var failure))
        {
            throw failure;
        }

        ImmutableInterlocked.Update(ref _reports, reports => reports.Add(report));
        _changed.Raise();
    }
}
