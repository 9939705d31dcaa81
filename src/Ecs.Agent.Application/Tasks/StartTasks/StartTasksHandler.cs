using System.Collections.Immutable;
using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Cgroups;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.StartTasks;

/// <summary>Takes on tasks; see <see cref="StartTasksCommand"/>.</summary>
internal sealed partial class StartTasksHandler(
    TaskOwners owners,
    TaskCredentials credentials,
    IValidator<TaskDefinition> validator,
    ITaskCgroups cgroups,
    TimeProvider time,
    ILogger<StartTasksHandler> logger)
    : IRequestHandler<StartTasksCommand, StartTasksResult>
{
    public async Task<StartTasksResult> Handle(StartTasksCommand request, CancellationToken cancellationToken)
    {
        var allAccepted = request.Rejected.All(rejected => rejected.Understood);
        foreach (var rejected in request.Rejected)
        {
            if (rejected.TaskArn.Length == 0)
            {
                // Nobody could be told of it.
                LogRejected(rejected.TaskArn, rejected.Problem);
                continue;
            }

            allAccepted &= await RejectAsync(Nameless(rejected.TaskArn), ReasonOf(rejected), cancellationToken).ConfigureAwait(false);
        }

        foreach (var task in request.Tasks)
        {
            var problems = validator.Validate(task);
            if (problems.IsValid)
            {
                Keep(task, request.Credentials);
                allAccepted &= await TryAdmitAsync(Prepare(task), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                allAccepted = false;
                var invalid = new RejectedTask(task.Arn, string.Join("; ", problems.Errors.Select(e => e.ErrorMessage)));
                await RejectAsync(task, ReasonOf(invalid), cancellationToken).ConfigureAwait(false);
            }
        }

        return new StartTasksResult(allAccepted);
    }

    /// <summary>False when the task cannot be made durable now: it is not taken on, and the control plane will send it again.</summary>
    private async Task<bool> TryAdmitAsync(EcsTask task, CancellationToken cancellationToken)
    {
        try
        {
            await owners.AdmitAsync(task, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CheckpointException e)
        {
            LogNotSaved(task.Arn, e.Message);
            if (owners.Find(task.Arn) is null)
            {
                credentials.Forget(task.Arn);
            }

            return false;
        }
    }

    /// <summary>
    /// Before the task is there, so that nothing of it ever waits for what came along with it. A stopped task needs its own role no more.
    /// </summary>
    private void Keep(TaskDefinition task, ImmutableArray<TaskRoleCredentials> brought)
    {
        var isStopped = owners.Find(task.Arn) is { Known: EcsTaskStatus.Stopped };
        foreach (var (_, role, lent) in brought.IsDefault ? [] : brought.Where(entry => entry.TaskArn == task.Arn))
        {
            if (role == TaskRole.Execution || !isStopped)
            {
                credentials.Keep(task.Arn, role, lent);
            }
        }
    }

    private EcsTask Prepare(TaskDefinition task)
    {
        if (cgroups.InForce && TaskCgroup.ProblemOf(task) is { } problem)
        {
            LogRejected(task.Arn, problem);
            return EcsTask.Refuse(task, ReasonOf(new RejectedTask(task.Arn, problem, Understood: true)), time.GetUtcNow());
        }

        var unresolvable = DependencyGraph.UnresolvableEdges(task);
        if (unresolvable.IsEmpty)
        {
            LogAdmitted(task.Arn, task.Family, task.Version, task.Containers.Length);
            return EcsTask.Admit(
                NamespacePause.AddTo(task, PauseImage.Name), NameSuffixes.Of(task.Arn), time.GetUtcNow(), cgroups.InForce);
        }

        LogUnresolvable(task.Arn, string.Join("; ", unresolvable));
        return EcsTask.Refuse(task, $"Task dependencies cannot be resolved, taskArn: {task.Arn}", time.GetUtcNow());
    }

    private async Task<bool> RejectAsync(TaskDefinition task, string reason, CancellationToken cancellationToken)
    {
        LogRejected(task.Arn, reason);
        return await TryAdmitAsync(EcsTask.Refuse(task, reason, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <remarks>The first word is misspelled on the wire, and what is on the wire is the contract.</remarks>
    private static string ReasonOf(RejectedTask rejected) => rejected.Understood
        ? $"resource cannot be initialized for task {rejected.TaskArn}: {rejected.Problem}"
        : $"UnrecogniedTaskError: Error loading task - {rejected.Problem}";

    private static TaskDefinition Nameless(string taskArn) => new() { Arn = taskArn, Family = "", Version = "", Containers = [] };

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {TaskArn}: taken on, {Family}:{Revision} with {Containers} containers")]
    private partial void LogAdmitted(string taskArn, string family, string revision, int containers);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {TaskArn}: not taken on, because it cannot be saved: {Problem}")]
    private partial void LogNotSaved(string taskArn, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {TaskArn}: its dependencies can never be met, so it is not started: {Edges}")]
    private partial void LogUnresolvable(string taskArn, string edges);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {TaskArn}: not started: {Problem}")]
    private partial void LogRejected(string taskArn, string problem);
}
