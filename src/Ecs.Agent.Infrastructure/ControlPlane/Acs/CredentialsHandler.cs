using Ecs.Agent.Application.Credentials.RefreshCredentials;
using Ecs.Agent.Protocol.Acs;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// Takes refreshed credentials, and those that come again after a restart of the agent. Only what is complete and for a task that is here
/// is
/// acknowledged.
/// </summary>
internal sealed partial class CredentialsHandler(ISender sender, ILogger<CredentialsHandler> logger)
{
    public async Task HandleAsync(IAMRoleCredentialsMessage message, IAcsReplies replies, CancellationToken cancellationToken)
    {
        if (message is not { MessageId: { Length: > 0 }, TaskArn: { Length: > 0 } taskArn, RoleCredentials.CredentialsId: { Length: > 0 } }
            || AcsCredentials.RoleOf(message.RoleType) is not { } role)
        {
            LogIncomplete(message.TaskArn, message.RoleType);
            return;
        }

        var credentials = AcsCredentials.Translate(message.RoleCredentials);
        var result = await sender.Send(new RefreshCredentialsCommand(taskArn, role, credentials), cancellationToken);
        if (result.TaskKnown)
        {
            replies.CredentialsAck(message.MessageId, message.RoleCredentials.Expiration, message.RoleCredentials.CredentialsId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "dropped credentials for task {TaskArn} and role type {RoleType}: the message is not complete")]
    private partial void LogIncomplete(string? taskArn, string? roleType);
}
