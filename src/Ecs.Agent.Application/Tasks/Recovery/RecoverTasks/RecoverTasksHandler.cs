using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;

/// <summary>
/// Takes lost tasks on again; see <see cref="RecoverTasksCommand"/>. Their state was deleted, was damaged or never reached the disk: it is a cache
/// of what the containers can tell.
/// </summary>
internal sealed partial class RecoverTasksHandler(
    IContainerSurvey survey,
    TaskOwners owners,
    AgentIdentity identity,
    AgentOptions options,
    IIdentifiers identifiers,
    TimeProvider time,
    ILogger<RecoverTasksHandler> logger) : IRequestHandler<RecoverTasksCommand, RecoverTasksResult>
{
    public async Task<RecoverTasksResult> Handle(RecoverTasksCommand request, CancellationToken cancellationToken)
    {
        // Asked before the containers are listed: a task may end its clean-up meanwhile, and what is on the list of it is not lost but removed.
        var known = owners.All().Select(task => task.Arn).ToHashSet(StringComparer.Ordinal);
        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (identity.ContainerInstanceArn is null)
        {
            GuessIdentity(found);
        }

        var recovered = 0;
        foreach (var task in found
            .Where(container => container.ContainerInstanceArn == identity.ContainerInstanceArn && !known.Contains(container.Task.Arn))
            .GroupBy(container => container.Task.Arn))
        {
            recovered += await TryRecoverAsync([.. task], cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return new RecoverTasksResult(recovered);
    }

    private async Task<ImmutableArray<SurveyedContainer>> FindAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await survey.FindAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (RuntimeException e)
            {
                LogCannotSurvey(e.Message);
            }

            await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Only containers of an agent with this data directory and in this cluster are believed, since no other may have either at the same time;
    /// and those only when they all say the same.
    /// </summary>
    private void GuessIdentity(ImmutableArray<SurveyedContainer> found)
    {
        var cluster = EarlierLife.ClusterOf(options);
        var own = found.Where(container => container.Cluster == cluster && container.DataDirectory == options.DataDirectory);
        var instances = own.Select(container => container.ContainerInstanceArn).Distinct(StringComparer.Ordinal).ToList();
        if (instances is [var only])
        {
            LogIdentityFound(only);
            identity.Resume(only, cluster);
        }
        else if (instances.Count > 1)
        {
            LogAmbiguous(string.Join(", ", instances));
        }
    }

    private async Task<bool> TryRecoverAsync(ImmutableArray<SurveyedContainer> containers, CancellationToken cancellationToken)
    {
        var byName = new Dictionary<string, FoundContainer>(StringComparer.Ordinal);
        foreach (var container in containers)
        {
            byName[container.Name] = container.Found;
        }

        var task = EcsTask.Rebuild(containers[0].Task, byName, identifiers.NameSuffix, time.GetUtcNow());
        try
        {
            if (await owners.AdmitAsync(task, cancellationToken).ConfigureAwait(false))
            {
                LogRecovered(task.Arn, byName.Count, task.Containers.Length);
                return true;
            }
        }
        catch (CheckpointException e)
        {
            LogNotSaved(task.Arn, e.Message);
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot see yet which containers are here, will try again: {Problem}")]
    private partial void LogCannotSurvey(string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The saved identity is gone; the containers here say that this is container instance {ContainerInstanceArn}")]
    private partial void LogIdentityFound(string containerInstanceArn);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The saved identity is gone and the containers here are those of several container instances ({ContainerInstanceArns}), "
            + "so this machine is registered anew and they are left alone")]
    private partial void LogAmbiguous(string containerInstanceArns);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: its saved state was gone; taken on again from {Found} of its {Containers} containers, found by their labels")]
    private partial void LogRecovered(string taskArn, int found, int containers);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {TaskArn}: found by its containers, but cannot be taken on again: {Problem}")]
    private partial void LogNotSaved(string taskArn, string problem);
}
