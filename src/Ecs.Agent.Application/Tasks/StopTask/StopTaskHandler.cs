using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Tasks;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.StopTask;

/// <summary>Stops a task; see <see cref="StopTaskCommand"/>.</summary>
internal sealed partial class StopTaskHandler(
    TaskOwners owners, IValidator<TaskDefinition> validator, TimeProvider time, ILogger<StopTaskHandler> logger)
    : IRequestHandler<StopTaskCommand, StopTaskResult>
{
    public async Task<StopTaskResult> Handle(StopTaskCommand request, CancellationToken cancellationToken)
    {
        try
        {
            return await StopAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (CheckpointException e)
        {
            LogNotSaved(request.TaskArn, e.Message);
            return new StopTaskResult(Known: true, Durable: false);
        }
    }

    private async Task<StopTaskResult> StopAsync(StopTaskCommand request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await owners.PostDurablyAsync(request.TaskArn, new TaskEvent.StopRequested(now), cancellationToken).ConfigureAwait(false))
        {
            LogStopping(request.TaskArn);
            return new StopTaskResult(true);
        }

        if (request.Definition is not { } definition)
        {
            LogUnknown(request.TaskArn);
            return new StopTaskResult(false);
        }

        // Never seen here: it is taken on as a task that is to stop, so that the control plane hears that it has.
        var stopped = validator.Validate(definition).IsValid
            ? EcsTask.Admit(definition, NameSuffixes.Of(definition.Arn), now).Apply(new TaskEvent.StopRequested(now))
            : EcsTask.Refuse(definition, reason: "", now);
        if (!await owners.AdmitAsync(stopped, cancellationToken).ConfigureAwait(false))
        {
            // It came in this very moment, to run. A stop is never lost.
            await owners.PostDurablyAsync(request.TaskArn, new TaskEvent.StopRequested(now), cancellationToken).ConfigureAwait(false);
        }

        return new StopTaskResult(true);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {TaskArn}: asked to stop")]
    private partial void LogStopping(string taskArn);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {TaskArn}: asked to stop, which cannot be saved: {Problem}")]
    private partial void LogNotSaved(string taskArn, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: asked to stop, but no such task is known and nothing says what it was")]
    private partial void LogUnknown(string taskArn);
}
