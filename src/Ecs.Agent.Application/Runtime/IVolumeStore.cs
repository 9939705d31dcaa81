using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Runtime;

/// <summary>Docker volumes. All throw <see cref="RuntimeException"/>.</summary>
public interface IVolumeStore
{
    /// <summary>Creates the task's own volume; one that exists already is success.</summary>
    Task CreateAsync(TaskVolume.TaskScoped volume, CancellationToken cancellationToken);

    /// <summary>Finds the shared volume or, where it may, creates it.</summary>
    Task EnsureSharedAsync(TaskVolume.Shared volume, CancellationToken cancellationToken);

    /// <summary>Removes the volume; one that is gone already is success.</summary>
    Task RemoveAsync(string dockerName, CancellationToken cancellationToken);
}
