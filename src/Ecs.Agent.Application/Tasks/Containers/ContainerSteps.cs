using System.Collections.Immutable;
using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Application.Tasks.Images;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Containers;

/// <summary>Carries out the steps that work on a Docker container.</summary>
internal sealed partial class ContainerSteps(
    IContainerRuntime runtime,
    LaunchGate gate,
    ImageInventory images,
    TaskSecrets secrets,
    ITaskCgroups cgroups,
    AgentIdentity identity,
    AgentOptions options,
    TimeProvider time,
    ILogger<ContainerSteps> logger)
{
    public async Task<TaskEvent> CreateAsync(StepRun run, CancellationToken cancellationToken)
    {
        var container = run.Container;
        try
        {
            var image = await FindImageAsync(run, cancellationToken).ConfigureAwait(false);
            var values = secrets.ValuesOf(run.Task.Definition, container.Name)
                ?? throw new InvalidOperationException($"{container.Name} of {run.Task.Arn} must not be created before its secrets are here.");
            var environment = EnvironmentOf(container.Definition, values.Over(container.Definition.Environment), image);
            var accelerators = Accelerators.For(run.Task.Definition, container.Definition, environment, options);

            // A task of an earlier life may come here before this machine is registered again. Its container must say whose it is all the same.
            await identity.KnownAsync(cancellationToken).ConfigureAwait(false);
            using var place = await gate.EnterAsync(run.Order, cancellationToken).ConfigureAwait(false);
            var creation = CreationOf(run.Task, container, accelerators) with { SecretLogOptions = values.LogOptions };
            var runtimeId = await runtime.CreateAsync(creation, run.AgentStopping).ConfigureAwait(false);
            return new TaskEvent.ContainerCreated(
                time.GetUtcNow(), container.Name, runtimeId, image?.Id, image is null ? null : DigestOf(container.Definition.Image, image));
        }
        catch (RuntimeException e)
        {
            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<TaskEvent> StartAsync(StepRun run, CancellationToken cancellationToken)
    {
        var container = run.Container;
        try
        {
            using var place = await gate.EnterAsync(run.Order, cancellationToken).ConfigureAwait(false);
            var observation = await runtime.StartAsync(HandleOf(container), run.AgentStopping).ConfigureAwait(false);
            return new TaskEvent.ContainerStarted(time.GetUtcNow(), container.HintsHeard, container.Name, observation);
        }
        catch (RuntimeException e) when (e.Kind == RuntimeFailureKind.Unreachable)
        {
            LogStepFailed(run.Task.Arn, run.Step.Kind, run.Step.Subject, e.Message);
            return await LookWhenReachableAsync(run).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            if (MayHaveHappened(e))
            {
                await StopWhatMayRunAsync(run).ConfigureAwait(false);
            }

            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<TaskEvent> StopAsync(StepRun run, CancellationToken cancellationToken)
    {
        var step = (TaskStep.StopContainer)run.Step;
        var attempt = new StopAttempt(time.GetUtcNow(), step.GracePeriod);
        try
        {
            var observation = await runtime.StopAsync(HandleOf(run.Container), step.GracePeriod, cancellationToken).ConfigureAwait(false);
            return await EndedAsync(run, observation, attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.Kind is RuntimeFailureKind.Unreachable or RuntimeFailureKind.NotFound)
        {
            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            // What could not be stopped may run on, and a container that runs is never called STOPPED.
            LogStepFailed(run.Task.Arn, run.Step.Kind, run.Step.Subject, e.Message);
            var look = await InspectAsync(run, cancellationToken).ConfigureAwait(false);
            return look is TaskEvent.ContainerObserved seen
                ? await EndedAsync(run, seen.Observation, attempt, cancellationToken).ConfigureAwait(false)
                : look;
        }
    }

    public async Task<TaskEvent> InspectAsync(StepRun run, CancellationToken cancellationToken)
    {
        var container = run.Container;
        try
        {
            var observation = await runtime.InspectAsync(HandleOf(container), cancellationToken).ConfigureAwait(false);
            return Observed(container, observation);
        }
        catch (RuntimeException e)
        {
            // A look that fails says nothing about the container. It is repeated, not believed.
            LogLookFailed(run.Task.Arn, container.Name, e.Message);
            return await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<TaskEvent> RemoveAsync(StepRun run, CancellationToken cancellationToken)
    {
        try
        {
            await runtime.RemoveAsync(HandleOf(run.Container), cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.Kind == RuntimeFailureKind.Unreachable)
        {
            return await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.Kind != RuntimeFailureKind.NotFound)
        {
            LogNotRemoved(run.Task.Arn, run.Step.Subject, e.Message);
        }
        catch (RuntimeException)
        {
            // It is gone, or never was.
        }

        return new TaskEvent.ContainerRemoved(time.GetUtcNow(), run.Step.Subject);
    }

    private TaskEvent.ContainerObserved Observed(EcsContainer container, ContainerObservation observation) =>
        new(time.GetUtcNow(), container.HintsHeard, container.Name, observation);

    /// <summary>The end of a stop. One that left the container running is done again, but not at once.</summary>
    private async Task<TaskEvent> EndedAsync(
        StepRun run, ContainerObservation observation, StopAttempt attempt, CancellationToken cancellationToken)
    {
        if (observation.State == ObservedState.Running)
        {
            LogStillRuns(run.Task.Arn, run.Step.Subject);
            await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }

        return Observed(run.Container, observation) with { Stop = attempt };
    }

    private async Task<TaskEvent> FailAsync(StepRun run, RuntimeException e, CancellationToken cancellationToken)
    {
        LogStepFailed(run.Task.Arn, run.Step.Kind, run.Step.Subject, e.Message);
        return e.Kind == RuntimeFailureKind.Unreachable
            ? await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false)
            : new TaskEvent.StepFailed(time.GetUtcNow(), run.Step.Subject, run.Step.Kind, e.Error);
    }

    /// <summary>No answer in time, a connection that broke, or a container that could only not be looked at after its start.</summary>
    private static bool MayHaveHappened(RuntimeException e) =>
        e.Kind is RuntimeFailureKind.TimedOut or RuntimeFailureKind.Temporary || e.Error.Name == ContainerErrorNames.CannotInspectContainer;

    /// <summary>
    /// A start during which the daemon went away. Whether it has happened is found out before anything else is decided, a stop included: a
    /// container that was never started would need none.
    /// </summary>
    private async Task<TaskEvent> LookWhenReachableAsync(StepRun run)
    {
        var container = run.Container;
        while (true)
        {
            await RuntimeOutage.WaitAsync(time, run.AgentStopping).ConfigureAwait(false);
            try
            {
                var observation = await runtime.InspectAsync(HandleOf(container), run.AgentStopping).ConfigureAwait(false);
                var happened = observation.State == ObservedState.Running
                    || (observation.State == ObservedState.Stopped && observation.FinishedAt != container.FinishedAt);
                return happened
                    ? new TaskEvent.ContainerStarted(time.GetUtcNow(), container.HintsHeard, container.Name, observation)
                    : new TaskEvent.Woken(time.GetUtcNow());
            }
            catch (RuntimeException e)
            {
                LogLookFailed(run.Task.Arn, container.Name, e.Message);
            }
        }
    }

    /// <summary>The container is about to be called STOPPED, so whatever the failed start has left behind must not run on.</summary>
    private async Task StopWhatMayRunAsync(StepRun run)
    {
        var container = run.Container;
        var own = container.Definition.StopTimeout;
        var gracePeriod = own > TimeSpan.Zero ? own : options.ContainerStopTimeout;
        while (true)
        {
            try
            {
                var left = await runtime.StopAsync(HandleOf(container), gracePeriod, run.AgentStopping).ConfigureAwait(false);
                if (left.State != ObservedState.Running)
                {
                    return;
                }
            }
            catch (RuntimeException e) when (e.Kind == RuntimeFailureKind.NotFound)
            {
                return;
            }
            catch (RuntimeException e)
            {
                LogLookFailed(run.Task.Arn, container.Name, e.Message);
            }

            await RuntimeOutage.WaitAsync(time, run.AgentStopping).ConfigureAwait(false);
        }
    }

    private ContainerCreation CreationOf(EcsTask task, EcsContainer container, Accelerators accelerators) => new()
    {
        DockerName = container.DockerName,
        Task = task.Definition,
        Container = container.Definition,
        Cluster = identity.Cluster,
        ContainerInstanceArn = options.Checkpoint ? identity.ContainerInstanceArn : null,
        CgroupParent = HasCgroup(task) ? cgroups.CgroupParentOf(task.Definition.Id) : null,
        InheritedMemoryMiB = options.TaskMemoryLimitPropagated && cgroups.HostIsUnified ? task.Definition.MemoryMiB : 0,
        ConfiguredLabels = container.Definition.IsInternal ? options.PauseLabels : ImmutableSortedDictionary<string, string>.Empty,
        DataDirectory = options.DataDirectory,
        Region = options.Region,
        Environment = accelerators.Environment,
        Runtime = accelerators.Runtime,
        RequestedGpus = accelerators.RequestedGpus,
        DockerNames = task.Containers.ToImmutableDictionary(c => c.Name, c => c.DockerName, StringComparer.Ordinal),
        NamespacePauseId = task.Containers.FirstOrDefault(c => c.Definition.Kind == ContainerKind.NamespacePause)?.RuntimeId,
    };

    /// <summary>
    /// The image that it will be made from, for what is told of it and to it; null when that cannot be found out, and then creation decides.
    /// </summary>
    private async Task<LocalImage?> FindImageAsync(StepRun run, CancellationToken cancellationToken)
    {
        var image = run.Container.Definition.Image;
        try
        {
            return await images.FindAsync(image, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.Kind != RuntimeFailureKind.Unreachable)
        {
            LogImageUnknown(run.Task.Arn, run.Step.Subject, image, e.Message);
            return null;
        }
    }

    private static string? DigestOf(string reference, LocalImage image) =>
        ImageDigests.In(reference) ?? ImageDigests.Among(reference, image.RepoDigests);

    /// <summary>The region is told to the container unless its definition or its image says anything about it.</summary>
    private EnvironmentVariables EnvironmentOf(ContainerDefinition container, EnvironmentVariables environment, LocalImage? image)
    {
        const string region = "AWS_REGION", defaultRegion = "AWS_DEFAULT_REGION";
        var said = container.IsInternal
            || environment.Contains(region)
            || environment.Contains(defaultRegion)
            || (image is not null && (image.EnvironmentNames.Contains(region) || image.EnvironmentNames.Contains(defaultRegion)));
        return said ? environment : environment.With(region, options.Region).With(defaultRegion, options.Region);
    }

    private static bool HasCgroup(EcsTask task) => task.Resources.Any(r => r.Resource is TaskResource.Cgroup);

    private static ContainerHandle HandleOf(EcsContainer container) => new(
        container.RuntimeId ?? container.DockerName, container.Definition);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: {Step} of container {Container} failed: {Problem}")]
    private partial void LogStepFailed(string taskArn, TaskStepKind step, string container, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: image {Image} of container {Container} could not be looked at, so its digest is not reported: {Problem}")]
    private partial void LogImageUnknown(string taskArn, string container, string image, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: container {Container} runs on although it was stopped, will try again")]
    private partial void LogStillRuns(string taskArn, string container);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: cannot reach container {Container}, will try again: {Problem}")]
    private partial void LogLookFailed(string taskArn, string container, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: container {Container} is left behind, it could not be removed: {Problem}")]
    private partial void LogNotRemoved(string taskArn, string container, string problem);
}
