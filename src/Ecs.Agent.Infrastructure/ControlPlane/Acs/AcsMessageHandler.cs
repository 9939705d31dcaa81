using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Protocol.Acs;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Answers each message. A handler that fails costs its acknowledgement, never the connection.</summary>
internal sealed partial class AcsMessageHandler(
    PayloadHandler payloads, ManifestHandler manifests, CredentialsHandler credentials, ILogger<AcsMessageHandler> logger)
{
    private const string UpdatesDisabled = "Updates are disabled";

    public async Task HandleAsync(AcsFrame frame, IAcsReplies replies, CancellationToken cancellationToken)
    {
        switch (frame)
        {
            case AcsFrame.Message message:
                await TryHandleAsync(message, replies, cancellationToken);
                break;
            case AcsFrame.Error error:
                LogError(error.Type, error.Text);
                break;
            case AcsFrame.Unusable unusable:
                LogUnusable(unusable.Problem);
                break;
        }
    }

    private async Task TryHandleAsync(AcsFrame.Message message, IAcsReplies replies, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(message, replies, cancellationToken);
        }
        catch (CheckpointException failure)
        {
            LogNotSaved(message.Type, failure.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(message.Type, failure);
        }
    }

    private async Task HandleAsync(AcsFrame.Message message, IAcsReplies replies, CancellationToken cancellationToken)
    {
        switch (message.Body)
        {
            case HeartbeatMessage heartbeat:
                replies.HeartbeatAck(heartbeat.MessageId);
                break;
            case PayloadMessage payload:
                manifests.Saw(payload);
                await payloads.HandleAsync(payload, replies, cancellationToken);
                break;
            case IAMRoleCredentialsMessage refreshed:
                await credentials.HandleAsync(refreshed, replies, cancellationToken);
                break;
            case TaskManifestMessage manifest:
                await manifests.HandleAsync(manifest, replies, cancellationToken);
                break;
            case TaskStopVerificationAck confirmed:
                await manifests.HandleAsync(confirmed, cancellationToken);
                break;
            case StageUpdateMessage { MessageId: { Length: > 0 } } update:
                replies.Nack(update.ClusterArn, update.ContainerInstanceArn, update.MessageId, UpdatesDisabled);
                break;
            case PerformUpdateMessage update:
                replies.Nack(update.ClusterArn, update.ContainerInstanceArn, update.MessageId, UpdatesDisabled);
                break;
            case CloseMessage close:
                LogNotice(message.Type, close.Message);
                break;
            case ErrorMessage error:
                LogNotice(message.Type, error.Message);
                break;
            default:
                // Network interfaces, volumes: dropped without an acknowledgement, so that the control plane knows.
                LogUnsupported(message.Type);
                break;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Type} from the control plane: {Text}")]
    private partial void LogError(string type, string text);

    [LoggerMessage(LogLevel.Information, "{Type} from the control plane: {Text}")]
    private partial void LogNotice(string type, string? text);

    [LoggerMessage(LogLevel.Warning, "ignored a frame from the control plane: {Problem}")]
    private partial void LogUnusable(string problem);

    [LoggerMessage(LogLevel.Warning, "dropped a {Type}: this agent does not support it")]
    private partial void LogUnsupported(string type);

    [LoggerMessage(LogLevel.Error, "a {Type} is not acknowledged, because what it says cannot be saved: {Problem}")]
    private partial void LogNotSaved(string type, string problem);

    [LoggerMessage(LogLevel.Error, "a {Type} could not be handled and is not acknowledged")]
    private partial void LogFailed(string type, Exception failure);
}
