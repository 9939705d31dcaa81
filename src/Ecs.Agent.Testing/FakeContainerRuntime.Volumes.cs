using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Testing;

/// <content>Volumes.</content>
public sealed partial class FakeContainerRuntime
{
    private ImmutableSortedSet<string> _volumes = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The volumes that there are, by their names in Docker.</summary>
    public ImmutableSortedSet<string> Volumes => Volatile.Read(ref _volumes);

    /// <summary>Makes a volume that is not the agent's.</summary>
    public void AddVolume(string dockerName) => ImmutableInterlocked.Update(ref _volumes, volumes => volumes.Add(dockerName));

    public async Task CreateAsync(TaskVolume.TaskScoped volume, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volume);
        await CallAsync(RuntimeOperation.CreateVolume, volume.DockerName, () => Added(volume.DockerName), cancellationToken).ConfigureAwait(
            false);
    }

    public async Task EnsureSharedAsync(TaskVolume.Shared volume, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volume);
        await CallAsync(RuntimeOperation.EnsureSharedVolume, volume.Name, () => Ensured(volume), cancellationToken).ConfigureAwait(false);
    }

    public async Task RemoveAsync(string dockerName, CancellationToken cancellationToken) =>
        await CallAsync(
            RuntimeOperation.RemoveVolume,
            dockerName,
            () => ImmutableInterlocked.Update(ref _volumes, volumes => volumes.Remove(dockerName)),
            cancellationToken).ConfigureAwait(false);

    private string Added(string dockerName)
    {
        AddVolume(dockerName);
        return dockerName;
    }

    private string Ensured(TaskVolume.Shared volume) => volume.Autoprovision || Volumes.Contains(volume.Name)
        ? Added(volume.Name)
        : throw new RuntimeException(
            new ContainerError(
                ContainerErrorNames.CannotInspectVolume,
                $"initialize volume: volume detection failed, volume '{volume.Name}' does not exist and autoprovision is set to false: "
                + $"Error response from daemon: get {volume.Name}: no such volume"),
            RuntimeFailureKind.NotFound);
}
