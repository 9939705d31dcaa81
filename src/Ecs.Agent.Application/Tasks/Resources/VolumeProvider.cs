using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks.Resources;

/// <summary>Makes and removes a task's Docker volumes. Throws <see cref="RuntimeException"/> where Docker cannot be reached.</summary>
internal sealed class VolumeProvider(IVolumeStore volumes)
{
    /// <summary>Null when the volume is there, else the task's reason to stop.</summary>
    public async Task<string?> ProvisionAsync(string taskArn, TaskVolume volume, CancellationToken cancellationToken)
    {
        try
        {
            await (volume switch
            {
                TaskVolume.TaskScoped own => volumes.CreateAsync(own, cancellationToken),
                TaskVolume.Shared shared => volumes.EnsureSharedAsync(shared, cancellationToken),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
            return null;
        }
        catch (RuntimeException e) when (e.Kind != RuntimeFailureKind.Unreachable)
        {
            return ReasonOf(taskArn, e.Error.Message);
        }
    }

    public Task RemoveAsync(TaskVolume volume, CancellationToken cancellationToken) => volume is TaskVolume.TaskScoped own
        ? volumes.RemoveAsync(own.DockerName, cancellationToken)
        : Task.CompletedTask;

    /// <summary>
    /// The task's reason as ECS words it: what concerns a shared volume as it was found says that the task could not be initialised,
    /// anything else speaks for itself. (One of the two texts is misspelled on the wire.)
    /// </summary>
    private static string ReasonOf(string taskArn, string problem) =>
        problem.StartsWith("initialize volume: ", StringComparison.Ordinal) || problem.StartsWith(
            "intialize volume: ", StringComparison.Ordinal)
            ? $"resource cannot be initialized for task {taskArn}: {problem}"
            : ResourceReason.Sentence(problem, "VolumeError: Agent could not create task's volume resources");
}
