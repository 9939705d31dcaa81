using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials.RefreshCredentials;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Protocol.Acs;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// Takes the tasks of a payload: those that are to stop first, then those that are to run, in order. The payload is acknowledged only when
/// every entry was accepted; the others run all the same, and the control plane sends the payload again.
/// </summary>
internal sealed partial class PayloadHandler(
    ISender sender, IIdentifiers identifiers, AgentOptions options, ILogger<PayloadHandler> logger)
{
    private readonly VolumeSettings _volumes = VolumeSettings.Of(options);

    public async Task HandleAsync(PayloadMessage payload, IAcsReplies replies, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(payload.MessageId)
            || string.IsNullOrEmpty(payload.ClusterArn)
            || string.IsNullOrEmpty(payload.ContainerInstanceArn))
        {
            LogIncomplete();
            return;
        }

        var batch = Sort(payload.Tasks ?? []);
        var refused = batch.Refused.ToList();
        var durable = true;
        foreach (var stop in batch.Stops)
        {
            var result = await sender.Send(new StopTaskCommand(stop.Arn, stop.Definition), cancellationToken);
            durable &= result.Durable;
            await RefreshAsync(batch.Credentials.Where(brought => brought.TaskArn == stop.Arn), cancellationToken);
            if (!result.Known && stop.Problem is not null)
            {
                refused.Add(new RejectedTask(stop.Arn, stop.Problem));
            }
        }

        var started = batch.Starts.IsEmpty && refused.Count == 0
            ? new StartTasksResult(AllAccepted: true)
            : await sender.Send(
                new StartTasksCommand(batch.Starts, [.. refused], batch.Credentials), cancellationToken);
        if (started.AllAccepted && durable && batch.Complete)
        {
            replies.Ack(payload.ClusterArn, payload.ContainerInstanceArn, payload.MessageId);
            foreach (var brought in batch.Credentials)
            {
                replies.CredentialsAck(payload.MessageId, brought.Credentials.Expiration, brought.Credentials.CredentialsId);
            }
        }
        else
        {
            LogNotAcknowledged(payload.MessageId);
        }
    }

    private Batch Sort(IReadOnlyList<AcsTask> tasks)
    {
        var stops = ImmutableArray.CreateBuilder<Stop>();
        var starts = ImmutableArray.CreateBuilder<TaskDefinition>();
        var refused = ImmutableArray.CreateBuilder<RejectedTask>();
        var credentials = ImmutableArray.CreateBuilder<TaskRoleCredentials>();
        var complete = true;
        foreach (var task in tasks)
        {
            if (task is not { Arn: { Length: > 0 } arn })
            {
                LogNameless();
                complete = false;
                continue;
            }

            var (desired, problem) = DesiredStatus(task.DesiredStatus);
            var translation = AcsTaskTranslator.Translate(task, identifiers.NameSuffix, _volumes);
            if (translation.Task is not null && problem is null)
            {
                credentials.AddRange(AcsCredentials.Of(task));
            }

            if (desired == EcsTaskStatus.Stopped)
            {
                stops.Add(new Stop(arn, translation.Task, translation.Problem));
            }
            else if (translation.Task is { } definition && problem is null)
            {
                if (translation.Unpreparable is { } unpreparable)
                {
                    refused.Add(new RejectedTask(arn, unpreparable, Understood: true));
                }
                else
                {
                    starts.Add(definition);
                }
            }
            else
            {
                refused.Add(new RejectedTask(arn, string.Join("; ", new[] { problem, translation.Problem }.OfType<string>())));
            }
        }

        return new Batch(stops.ToImmutable(), starts.ToImmutable(), refused.ToImmutable(), credentials.ToImmutable(), complete);
    }

    private async Task RefreshAsync(IEnumerable<TaskRoleCredentials> credentials, CancellationToken cancellationToken)
    {
        foreach (var brought in credentials)
        {
            await sender.Send(new RefreshCredentialsCommand(brought.TaskArn, brought.Role, brought.Credentials), cancellationToken);
        }
    }

    private static (EcsTaskStatus Desired, string? Problem) DesiredStatus(string? name) => name switch
    {
        "RUNNING" => (EcsTaskStatus.Running, null),
        "STOPPED" or "DEAD" => (EcsTaskStatus.Stopped, null),
        null or "" or "NONE" or "UNKNOWN" or "MANIFEST_PULLED" or "CREATED" =>
            (EcsTaskStatus.None, $"desiredStatus: '{name}' is neither RUNNING nor STOPPED"),
        _ => (EcsTaskStatus.None, "Unrecognized TaskStatus"),
    };

    private sealed record Stop(string Arn, TaskDefinition? Definition, string? Problem);

    private sealed record Batch(
        ImmutableArray<Stop> Stops,
        ImmutableArray<TaskDefinition> Starts,
        ImmutableArray<RejectedTask> Refused,
        ImmutableArray<TaskRoleCredentials> Credentials,
        bool Complete);

    [LoggerMessage(LogLevel.Warning, "dropped a payload without messageId, clusterArn or containerInstanceArn")]
    private partial void LogIncomplete();

    [LoggerMessage(LogLevel.Error, "ignored a task without ARN; its payload will not be acknowledged")]
    private partial void LogNameless();

    [LoggerMessage(LogLevel.Warning, "payload {MessageId} is not acknowledged: not every task in it could be taken on")]
    private partial void LogNotAcknowledged(string messageId);
}
