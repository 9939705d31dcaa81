using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Explaining;
using MediatR;

namespace Ecs.Agent.Application.Tasks.ExplainTask;

/// <summary>Explains a task; see <see cref="ExplainTaskQuery"/>. Reads snapshots only: it holds nothing up and changes nothing.</summary>
internal sealed class ExplainTaskHandler(
    TaskOwners owners, HostResourceLedger hostResources, IPullQueue pulls, IContainerLogs logs, TimeProvider time)
    : IRequestHandler<ExplainTaskQuery, ExplainTaskResult>
{
    /// <summary>An explanation without log lines is worth more than none: a daemon that hangs may be what the operator is after.</summary>
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(5);

    public async Task<ExplainTaskResult> Handle(ExplainTaskQuery request, CancellationToken cancellationToken)
    {
        var found = TaskNames.Find(owners.Situations(), request.Task);
        if (found is not [var situation])
        {
            return found.IsEmpty ? new ExplainTaskResult.NotFound() : new ExplainTaskResult.Ambiguous([.. found.Select(t => t.Task.Arn)]);
        }

        var explanation = TaskExplainer.Explain(situation, hostResources.Snapshot, pulls.Snapshot(), time.GetUtcNow());
        var readable = explanation.Containers.Where(
            c => request.LogLines > 0 && c is { HasRun: true, Removed: false, RuntimeId: not null });
        var tails = await Task.WhenAll(readable.Select(c => TailAsync(c, request.LogLines, cancellationToken))).ConfigureAwait(false);
        return new ExplainTaskResult.Explained(explanation, [.. tails]);
    }

    private async Task<LogTail> TailAsync(ContainerExplanation container, int lines, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LogPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var tail = await logs.TailAsync(container.RuntimeId!, lines, either.Token).ConfigureAwait(false);
            return new LogTail(container.Name, tail, Problem: null);
        }
        catch (RuntimeException e)
        {
            return new LogTail(container.Name, [], e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new LogTail(container.Name, [], $"Docker has not given them within {LogPatience.TotalSeconds} s");
        }
    }
}
