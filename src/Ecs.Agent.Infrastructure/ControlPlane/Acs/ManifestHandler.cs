using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Protocol.Acs;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// Compares what the control plane thinks is running here with what is, and stops the surplus once the control plane has confirmed it.
/// Outlives connections; used by one reader at a time.
/// </summary>
internal sealed partial class ManifestHandler(
    ITaskDirectory tasks, ISender sender, ITaskManifestNumber number, ILogger<ManifestHandler> logger)
{
    private const string Running = "RUNNING";
    private const string Stopped = "STOPPED";

    // Payloads and manifests share one increasing sequence; a manifest that is not newer than all of them says nothing about now.
    private long _latestPayload = -1;
    private string? _unanswered;

    public void Saw(PayloadMessage payload) => _latestPayload = Math.Max(_latestPayload, payload.SeqNum ?? -1);

    /// <summary>Throws <see cref="CheckpointException"/> when the manifest's number cannot be saved: it then counts as never seen.</summary>
    public async Task HandleAsync(TaskManifestMessage manifest, IAcsReplies replies, CancellationToken cancellationToken)
    {
        var latest = Math.Max(number.Latest, _latestPayload);
        if (manifest.Timeline is not { } timeline || timeline <= latest)
        {
            LogOutdated(manifest.MessageId, manifest.Timeline, latest);
            return;
        }

        await number.SaveAsync(timeline, cancellationToken);
        _unanswered = manifest.MessageId;
        replies.Ack(manifest.ClusterArn, manifest.ContainerInstanceArn, manifest.MessageId);
        var surplus = Surplus(manifest, tasks.All());
        if (surplus.Length > 0)
        {
            LogSurplus(surplus.Length);
            replies.VerifyStops(manifest.MessageId, surplus);
        }
    }

    public async Task HandleAsync(TaskStopVerificationAck confirmed, CancellationToken cancellationToken)
    {
        if (_unanswered is null || confirmed.MessageId != _unanswered)
        {
            LogUnexpectedConfirmation(confirmed.MessageId);
            return;
        }

        _unanswered = null;
        foreach (var task in confirmed.StopTasks ?? [])
        {
            if (task?.TaskArn is { } arn && tasks.Find(arn) is not null)
            {
                await sender.Send(new StopTaskCommand(arn, null), cancellationToken);
            }
        }
    }

    /// <summary>Pure: the tasks that are meant to run here and that the manifest does not list as running.</summary>
    internal static ImmutableArray<TaskIdentifier> Surplus(TaskManifestMessage manifest, ImmutableArray<EcsTask> known)
    {
        var listed = (manifest.Tasks ?? [])
            .Where(task => task?.DesiredStatus == Running)
            .Select(task => task.TaskArn)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. known
                .Where(task => task.Desired == EcsTaskStatus.Running && !listed.Contains(task.Arn))
                .Select(task => new TaskIdentifier { TaskArn = task.Arn, DesiredStatus = Stopped, TaskClusterArn = manifest.ClusterArn }),
        ];
    }

    [LoggerMessage(LogLevel.Information, "ignored the task manifest {MessageId}: its number {Timeline} is not above {Latest}")]
    private partial void LogOutdated(string? messageId, long? timeline, long latest);

    [LoggerMessage(
        LogLevel.Information,
        "the control plane does not list {Count} tasks that are meant to run here; asking whether to stop them")]
    private partial void LogSurplus(int count);

    [LoggerMessage(LogLevel.Information, "ignored a stop confirmation for {MessageId}: it answers no open question")]
    private partial void LogUnexpectedConfirmation(string? messageId);
}
