using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Volumes;

/// <summary>Carries out the steps that work on a Docker volume.</summary>
internal sealed partial class VolumeSteps(IVolumeStore volumes, TimeProvider time, ILogger<VolumeSteps> logger)
{
    public async Task<TaskEvent> ProvisionAsync(StepRun run, CancellationToken cancellationToken)
    {
        var volume = ((TaskStep.ProvisionVolume)run.Step).Volume;
        try
        {
            await (volume switch
            {
                TaskVolume.TaskScoped own => volumes.CreateAsync(own, cancellationToken),
                TaskVolume.Shared shared => volumes.EnsureSharedAsync(shared, cancellationToken),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
            return new TaskEvent.VolumeReady(time.GetUtcNow(), volume.Name);
        }
        catch (RuntimeException e) when (e.Kind == RuntimeFailureKind.Unreachable)
        {
            return await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            LogFailed(run.Task.Arn, volume.Name, e.Message);
            return new TaskEvent.VolumeFailed(time.GetUtcNow(), volume.Name, ReasonOf(run.Task.Arn, e.Error.Message));
        }
    }

    public async Task<TaskEvent> RemoveAsync(StepRun run, CancellationToken cancellationToken)
    {
        var step = (TaskStep.RemoveVolume)run.Step;
        try
        {
            await volumes.RemoveAsync(step.DockerName, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.Kind == RuntimeFailureKind.Unreachable)
        {
            return await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            LogNotRemoved(run.Task.Arn, step.DockerName, e.Message);
        }

        return new TaskEvent.VolumeRemoved(time.GetUtcNow(), step.Volume);
    }

    /// <summary>
    /// The task's reason as ECS words it: what concerns a shared volume as it was found says that the task could not be initialised,
    /// anything else speaks for itself. (One of the two texts is misspelled on the wire.)
    /// </summary>
    private static string ReasonOf(string taskArn, string problem) =>
        problem.StartsWith("initialize volume: ", StringComparison.Ordinal) || problem.StartsWith(
            "intialize volume: ", StringComparison.Ordinal)
            ? $"resource cannot be initialized for task {taskArn}: {problem}"
            : Sentence(problem);

    /// <summary>On one line, with single blanks and a capital at its beginning.</summary>
    private static string Sentence(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) switch
    {
        "" => "VolumeError: Agent could not create task's volume resources",
        var words => char.ToUpperInvariant(words[0]) + words[1..],
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: volume {Volume} cannot be had: {Problem}")]
    private partial void LogFailed(string taskArn, string volume, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: Docker volume {Volume} is left behind, it could not be removed: {Problem}")]
    private partial void LogNotRemoved(string taskArn, string volume, string problem);
}
