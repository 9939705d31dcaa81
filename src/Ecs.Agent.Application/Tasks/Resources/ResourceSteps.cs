using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Resources;

/// <summary>Carries out the steps that make and remove what a task needs besides its containers.</summary>
internal sealed partial class ResourceSteps(
    VolumeProvider volumes, CgroupProvider cgroups, TaskSecrets secrets, TimeProvider time, ILogger<ResourceSteps> logger)
{
    public async Task<TaskEvent> ProvisionAsync(StepRun run, CancellationToken cancellationToken)
    {
        var resource = ((TaskStep.ProvisionResource)run.Step).Resource;
        try
        {
            var problem = await ProvisionAsync(run.Task.Definition, resource, cancellationToken).ConfigureAwait(false);
            if (problem is null)
            {
                return new TaskEvent.ResourceReady(time.GetUtcNow(), resource.Key);
            }

            LogFailed(run.Task.Arn, resource.Key, problem);
            return new TaskEvent.ResourceFailed(time.GetUtcNow(), resource.Key, problem);
        }
        catch (RuntimeException)
        {
            return await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<TaskEvent> RemoveAsync(StepRun run, CancellationToken cancellationToken)
    {
        var resource = ((TaskStep.RemoveResource)run.Step).Resource;
        try
        {
            await RemoveAsync(run.Task.Definition, resource, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.Kind == RuntimeFailureKind.Unreachable)
        {
            return await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            LogNotRemoved(run.Task.Arn, resource.Key, e.Message);
        }

        return new TaskEvent.ResourceRemoved(time.GetUtcNow(), resource.Key);
    }

    /// <summary>Null when the resource is there, else the task's reason to stop; throws <see cref="RuntimeException"/> in an outage.</summary>
    private Task<string?> ProvisionAsync(TaskDefinition task, TaskResource resource, CancellationToken cancellationToken) => resource switch
    {
        TaskResource.DockerVolume r => volumes.ProvisionAsync(task.Arn, r.Volume, cancellationToken),
        TaskResource.Cgroup => cgroups.ProvisionAsync(task, cancellationToken),
        TaskResource.RegistryLogins => FailureOf(secrets.FetchRegistryCredentialsAsync(task, cancellationToken)),
        TaskResource.Parameters => FailureOf(secrets.FetchParametersAsync(task, cancellationToken)),
        TaskResource.ManagedSecrets => FailureOf(secrets.FetchManagedSecretsAsync(task, cancellationToken)),
        TaskResource.EnvironmentFiles r => FailureOf(secrets.FetchEnvironmentFilesAsync(task, r.Container, cancellationToken)),
        _ => throw new InvalidOperationException($"A resource that nobody makes: {resource.GetType().Name}."),
    };

    private static async Task<string?> FailureOf(Task<FetchOutcome> fetch) => (await fetch.ConfigureAwait(false)).Failure;

    private Task RemoveAsync(TaskDefinition task, TaskResource resource, CancellationToken cancellationToken) => resource switch
    {
        TaskResource.DockerVolume r => volumes.RemoveAsync(r.Volume, cancellationToken),
        TaskResource.Cgroup => cgroups.RemoveAsync(task, cancellationToken),
        TaskResource.Fetched => secrets.ForgetAsync(task, cancellationToken),
        _ => throw new InvalidOperationException($"A resource that nobody removes: {resource.GetType().Name}."),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: {Resource} cannot be had: {Problem}")]
    private partial void LogFailed(string taskArn, string resource, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: {Resource} is left behind, it could not be removed: {Problem}")]
    private partial void LogNotRemoved(string taskArn, string resource, string problem);
}
