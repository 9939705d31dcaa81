using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.KillPoints;

/// <summary>Kill points around what is asked of Docker about containers.</summary>
internal sealed class FatalContainerRuntime(IContainerRuntime inner, KillPoints points) : IContainerRuntime
{
    public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancellationToken) => inner.GetInfoAsync(cancellationToken);

    public Task<string> CreateAsync(ContainerCreation creation, CancellationToken cancellationToken) =>
        points.AroundAsync($"create {creation.Container.Name}", () => inner.CreateAsync(creation, cancellationToken));

    public Task<ContainerObservation> StartAsync(ContainerHandle container, CancellationToken cancellationToken) =>
        points.AroundAsync($"start {container.Definition.Name}", () => inner.StartAsync(container, cancellationToken));

    public Task<ContainerObservation> InspectAsync(ContainerHandle container, CancellationToken cancellationToken) =>
        points.AroundAsync($"inspect {container.Definition.Name}", () => inner.InspectAsync(container, cancellationToken));

    public Task<ContainerObservation> StopAsync(ContainerHandle container, TimeSpan gracePeriod, CancellationToken cancellationToken) =>
        points.AroundAsync($"stop {container.Definition.Name}", () => inner.StopAsync(container, gracePeriod, cancellationToken));

    public Task RemoveAsync(ContainerHandle container, CancellationToken cancellationToken) =>
        points.AroundAsync($"remove {container.Definition.Name}", () => inner.RemoveAsync(container, cancellationToken));
}

/// <summary>Kill points around the search for containers of an earlier life.</summary>
internal sealed class FatalContainerSurvey(IContainerSurvey inner, KillPoints points) : IContainerSurvey
{
    public Task<ImmutableArray<SurveyedContainer>> FindAsync(CancellationToken cancellationToken) =>
        points.AroundAsync("survey", () => inner.FindAsync(cancellationToken));
}

/// <summary>Kill points around volumes.</summary>
internal sealed class FatalVolumeStore(IVolumeStore inner, KillPoints points) : IVolumeStore
{
    public Task CreateAsync(TaskVolume.TaskScoped volume, CancellationToken cancellationToken) =>
        points.AroundAsync($"volume-create {volume.Name}", () => inner.CreateAsync(volume, cancellationToken));

    public Task EnsureSharedAsync(TaskVolume.Shared volume, CancellationToken cancellationToken) =>
        points.AroundAsync($"volume-ensure {volume.Name}", () => inner.EnsureSharedAsync(volume, cancellationToken));

    // ecs-family-revision-volume-hex
    public Task RemoveAsync(string dockerName, CancellationToken cancellationToken) =>
        points.AroundAsync($"volume-remove {dockerName.Split('-')[^2]}", () => inner.RemoveAsync(dockerName, cancellationToken));
}

/// <summary>Kill points around images.</summary>
internal sealed class FatalImageStore(IImageStore inner, KillPoints points) : IImageStore
{
    public Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken) =>
        points.AroundAsync("find-image", () => inner.FindAsync(image, cancellationToken));

    public Task<string?> ResolveDigestAsync(string image, RegistryLogin? login, CancellationToken cancellationToken) =>
        points.AroundAsync("resolve-image", () => inner.ResolveDigestAsync(image, login, cancellationToken));

    public Task PullAsync(
        string image, string? digest, RegistryLogin? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken) =>
        points.AroundAsync("pull-image", () => inner.PullAsync(image, digest, login, progress, cancellationToken));

    public Task<ImmutableArray<HostImage>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public Task DeleteAsync(string nameOrId, CancellationToken cancellationToken) => inner.DeleteAsync(nameOrId, cancellationToken);
}
