using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Images;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Containers;

/// <summary>Carries out the steps that work on a Docker container.</summary>
internal sealed partial class ContainerSteps(
    IContainerRuntime runtime,
    LaunchGate gate,
    ImageFacts images,
    AgentIdentity identity,
    AgentOptions options,
    TimeProvider time,
    ILogger<ContainerSteps> logger)
{
    private static readonly TimeSpan RetryUnreachableAfter = TimeSpan.FromSeconds(2);

    public async Task<TaskEvent> CreateAsync(StepRun run, CancellationToken cancellationToken)
    {
        var container = run.Container;
        try
        {
            var environment = await EnvironmentAsync(container.Definition, cancellationToken).ConfigureAwait(false);
            using var place = await gate.EnterAsync(run.Order, cancellationToken).ConfigureAwait(false);
            var runtimeId = await runtime.CreateAsync(CreationOf(run.Task, container, environment), cancellationToken).ConfigureAwait(false);
            return new TaskEvent.ContainerCreated(time.GetUtcNow(), container.Name, runtimeId);
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
            var askedAt = time.GetUtcNow();
            var observation = await runtime.StartAsync(HandleOf(container), cancellationToken).ConfigureAwait(false);
            return new TaskEvent.ContainerStarted(time.GetUtcNow(), askedAt, container.Name, observation);
        }
        catch (RuntimeException e)
        {
            if (e.Kind == RuntimeFailureKind.TimedOut)
            {
                await StopWhatMayRunAsync(container, cancellationToken).ConfigureAwait(false);
            }

            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<TaskEvent> StopAsync(StepRun run, CancellationToken cancellationToken)
    {
        var step = (TaskStep.StopContainer)run.Step;
        try
        {
            var askedAt = time.GetUtcNow();
            var observation = await runtime.StopAsync(HandleOf(run.Container), step.GracePeriod, cancellationToken).ConfigureAwait(false);
            return new TaskEvent.ContainerObserved(time.GetUtcNow(), askedAt, step.Container, observation);
        }
        catch (RuntimeException e)
        {
            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<TaskEvent> InspectAsync(StepRun run, CancellationToken cancellationToken)
    {
        var container = run.Container;
        var askedAt = time.GetUtcNow();
        try
        {
            var observation = await runtime.InspectAsync(HandleOf(container), cancellationToken).ConfigureAwait(false);
            return new TaskEvent.ContainerObserved(time.GetUtcNow(), askedAt, container.Name, observation);
        }
        catch (RuntimeException e)
        {
            // A look that fails says nothing about the container. It is repeated, not believed.
            LogLookFailed(run.Task.Arn, container.Name, e.Message);
            await Task.Delay(RetryUnreachableAfter, time, cancellationToken).ConfigureAwait(false);
            return new TaskEvent.Woken(time.GetUtcNow());
        }
    }

    public async Task<TaskEvent> RemoveAsync(StepRun run, CancellationToken cancellationToken)
    {
        try
        {
            await runtime.RemoveAsync(HandleOf(run.Container), cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.Kind != RuntimeFailureKind.Unreachable)
        {
            LogNotRemoved(run.Task.Arn, run.Step.Subject, e.Message);
        }
        catch (RuntimeException)
        {
            await Task.Delay(RetryUnreachableAfter, time, cancellationToken).ConfigureAwait(false);
            return new TaskEvent.Woken(time.GetUtcNow());
        }

        return new TaskEvent.ContainerRemoved(time.GetUtcNow(), run.Step.Subject);
    }

    /// <summary>
    /// A step failed. While the daemon cannot be reached at all nothing is known of the container, so the step is done again later instead of
    /// being called a failure.
    /// </summary>
    private async Task<TaskEvent> FailAsync(StepRun run, RuntimeException e, CancellationToken cancellationToken)
    {
        LogStepFailed(run.Task.Arn, run.Step.Kind, run.Step.Subject, e.Message);
        if (e.Kind == RuntimeFailureKind.Unreachable)
        {
            await Task.Delay(RetryUnreachableAfter, time, cancellationToken).ConfigureAwait(false);
            return new TaskEvent.Woken(time.GetUtcNow());
        }

        return new TaskEvent.StepFailed(time.GetUtcNow(), run.Step.Subject, run.Step.Kind, e.Error);
    }

    /// <summary>A start that was not answered in time may have happened all the same; the container is about to be called STOPPED.</summary>
    private async Task StopWhatMayRunAsync(EcsContainer container, CancellationToken cancellationToken)
    {
        try
        {
            await runtime.StopAsync(HandleOf(container), options.ContainerStopTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            LogLookFailed(container.DockerName, container.Name, e.Message);
        }
    }

    private ContainerCreation CreationOf(EcsTask task, EcsContainer container, EnvironmentVariables environment) => new()
    {
        DockerName = container.DockerName,
        Task = task.Definition,
        Container = container.Definition,
        Cluster = identity.Cluster,
        Environment = environment,
        DockerNames = task.Containers.ToImmutableDictionary(c => c.Name, c => c.DockerName, StringComparer.Ordinal),
    };

    /// <summary>The region is told to the container unless its definition or its image says anything about it.</summary>
    private async Task<EnvironmentVariables> EnvironmentAsync(ContainerDefinition container, CancellationToken cancellationToken)
    {
        const string region = "AWS_REGION", defaultRegion = "AWS_DEFAULT_REGION";
        var environment = container.Environment;
        if (environment.Contains(region) || environment.Contains(defaultRegion))
        {
            return environment;
        }

        var names = await images.EnvironmentNamesAsync(container.Image, cancellationToken).ConfigureAwait(false);
        return names.Contains(region) || names.Contains(defaultRegion)
            ? environment
            : environment.With(region, options.Region).With(defaultRegion, options.Region);
    }

    private static ContainerHandle HandleOf(EcsContainer container) => new(container.RuntimeId ?? container.DockerName, container.Definition);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: {Step} of container {Container} failed: {Problem}")]
    private partial void LogStepFailed(string taskArn, TaskStepKind step, string container, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: cannot look at container {Container}, will try again: {Problem}")]
    private partial void LogLookFailed(string taskArn, string container, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: container {Container} is left behind, it could not be removed: {Problem}")]
    private partial void LogNotRemoved(string taskArn, string container, string problem);
}
