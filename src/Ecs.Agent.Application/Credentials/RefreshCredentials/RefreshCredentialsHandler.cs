using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Domain.Tasks;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Credentials.RefreshCredentials;

/// <summary>Keeps refreshed credentials; see <see cref="RefreshCredentialsCommand"/>.</summary>
internal sealed partial class RefreshCredentialsHandler(
    ITaskDirectory tasks, TaskCredentials credentials, ILogger<RefreshCredentialsHandler> logger)
    : IRequestHandler<RefreshCredentialsCommand, RefreshCredentialsResult>
{
    public Task<RefreshCredentialsResult> Handle(RefreshCredentialsCommand request, CancellationToken cancellationToken)
    {
        if (tasks.Find(request.TaskArn) is not { } task)
        {
            LogUnknown(request.TaskArn, request.Role);
            return Task.FromResult(new RefreshCredentialsResult(TaskKnown: false));
        }

        if (request.Role == TaskRole.Execution || task.Known != EcsTaskStatus.Stopped)
        {
            credentials.Keep(request.TaskArn, request.Role, request.Credentials);
        }

        LogKept(request.TaskArn, request.Role, request.Credentials.RoleArn, request.Credentials.Expiration);
        return Task.FromResult(new RefreshCredentialsResult(TaskKnown: true));
    }

    [LoggerMessage(LogLevel.Information, "Task {TaskArn}: new credentials of the {Role} role {RoleArn}, until {Expiration}")]
    private partial void LogKept(string taskArn, TaskRole role, string roleArn, string expiration);

    [LoggerMessage(LogLevel.Warning, "Task {TaskArn}: not known here, so credentials of its {Role} role are dropped and not acknowledged")]
    private partial void LogUnknown(string taskArn, TaskRole role);
}
