using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.HostResources;
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
    HostResourceLedger hostResources,
    AgentIdentity identity,
    AgentOptions options,
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

        SeizeForStale(found);
        var lost = found
            .Where(container => container.ContainerInstanceArn == identity.ContainerInstanceArn && !known.Contains(container.Task.Arn))
            .GroupBy(container => container.Task.Arn)
            .ToList();
        foreach (var task in lost)
        {
            await RecoverAsync([.. task]).ConfigureAwait(false);
        }

        return new RecoverTasksResult(lost.Count);
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
    /// A task that is saved as waiting for the host and has containers went on after that was saved. Comes before the host's resources are
    /// given out.
    /// </summary>
    private void SeizeForStale(ImmutableArray<SurveyedContainer> found)
    {
        foreach (var taskArn in found.Select(container => container.Task.Arn).Distinct(StringComparer.Ordinal))
        {
            if (owners.Find(taskArn) is { HostResources: HostResourceClaim.Waiting } task)
            {
                LogStale(taskArn);
                hostResources.Seize(task);
            }
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

    private Task RecoverAsync(ImmutableArray<SurveyedContainer> containers)
    {
        var byName = new Dictionary<string, FoundContainer>(StringComparer.Ordinal);
        foreach (var container in containers)
        {
            byName[container.Name] = container.Found;
        }

        var task = EcsTask.Rebuild(containers[0].Task, byName, NameSuffixes.Of(containers[0].Task.Arn), time.GetUtcNow());
        LogRecovered(task.Arn, byName.Count, task.Containers.Length);
        return owners.AdoptAsync(task);
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

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: its saved state is older than its containers; they are looked at and keep their share of the host")]
    private partial void LogStale(string taskArn);
}
