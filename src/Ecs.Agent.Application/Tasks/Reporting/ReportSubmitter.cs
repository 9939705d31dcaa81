using System.Collections.Concurrent;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Reporting;

/// <summary>
/// Carries reports to the control plane, ten tasks at a time, for as long as it takes. A report that did not get through is not kept: after
/// the back-off its task is planned anew, so that what is sent next is the latest.
/// </summary>
internal sealed partial class ReportSubmitter(
    IControlPlane controlPlane,
    AgentIdentity identity,
    IIdentifiers identifiers,
    TimeProvider time,
    ILogger<ReportSubmitter> logger) : IDisposable
{
    private const int ConcurrentTasks = 10;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(ConcurrentTasks);
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    public async Task<TaskEvent> SubmitAsync(StepRun run, CancellationToken cancellationToken)
    {
        var report = ((TaskStep.SubmitReport)run.Step).Report;
        if (!await IsRegisteredAsync(run, cancellationToken).ConfigureAwait(false))
        {
            return new TaskEvent.Woken(time.GetUtcNow());
        }

        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await controlPlane.SubmitAsync(report, cancellationToken).ConfigureAwait(false);
            _failures.TryRemove(report.TaskArn, out _);
            return new TaskEvent.ReportSettled(time.GetUtcNow(), report);
        }
        catch (ControlPlaneException e) when (e.Kind == ControlPlaneFailureKind.Refused)
        {
            LogRefused(report.TaskArn, report.Status, e.Message);
            _failures.TryRemove(report.TaskArn, out _);
            return new TaskEvent.ReportSettled(time.GetUtcNow(), report);
        }
        catch (ControlPlaneException e)
        {
            LogFailed(report.TaskArn, report.Status, e.Message);
        }
        finally
        {
            _slots.Release();
        }

        var failures = _failures.AddOrUpdate(report.TaskArn, 1, (_, n) => n + 1);
        await WaitAsync(
            run, token => Task.Delay(BackOff(failures, identifiers.NextFraction()), time, token), cancellationToken).ConfigureAwait(false);
        return new TaskEvent.Woken(time.GetUtcNow());
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>A task from an earlier life has news before this machine is registered, and until then there is no cluster to name.</summary>
    private async ValueTask<bool> IsRegisteredAsync(StepRun run, CancellationToken cancellationToken)
    {
        if (!identity.IsKnown)
        {
            await WaitAsync(run, identity.RegisteredAsync, cancellationToken).ConfigureAwait(false);
        }

        return identity.IsKnown;
    }

    /// <summary>When the agent begins to stop, nothing is waited for any more: a report that failed is tried once more at once.</summary>
    private static async Task WaitAsync(StepRun run, Func<CancellationToken, Task> wait, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(run.AgentStopping, cancellationToken);
        try
        {
            await wait(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.AgentStopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>1 s, growing by 1.3 to 30 s; up to a fifth is added by chance.</summary>
    internal static TimeSpan BackOff(int failures, double fraction)
    {
        var plain = Math.Min(FirstDelay.TotalSeconds * Math.Pow(1.3, failures - 1), LongestDelay.TotalSeconds);
        return TimeSpan.FromSeconds(plain * (1 + (0.2 * fraction)));
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: the control plane refuses to hear that it is {Status}; dropped: {Problem}")]
    private partial void LogRefused(string taskArn, Domain.Reporting.ReportedStatus status, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: cannot report {Status} yet, will try again: {Problem}")]
    private partial void LogFailed(string taskArn, Domain.Reporting.ReportedStatus status, string problem);
}
