using Docker.DotNet.Models;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Infrastructure.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Docker.Pause;

/// <summary>Loads the pause image into Docker.</summary>
internal sealed partial class DockerPauseImage(
    DockerHttp docker, DockerApi api, TimeProvider time, ILogger<DockerPauseImage> logger, string name = PauseImage.Name)
    : IPauseImage, IDisposable
{
    // ECS has no name for it: what fails is the creation of a container.
    private static readonly DockerOperation Find =
        new(ContainerErrorNames.CannotCreateContainer, "inspecting", TimeSpan.FromSeconds(30));

    private static readonly DockerOperation Load =
        new(ContainerErrorNames.CannotCreateContainer, "loading image", TimeSpan.FromMinutes(2));

    private readonly SemaphoreSlim _oneAtATime = new(1);

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            // Looked for each time: an operator may have removed it.
            if (!await Find.RunAsync(time, IsThereAsync, cancellationToken))
            {
                await Load.RunAsync(time, LoadAsync, cancellationToken);
                LogLoaded(name);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await docker.GetAsync($"/images/{name}/json", DockerJson.Default.InspectedIdentity, cancellationToken);
            return true;
        }
        catch (DockerException e) when (e.Kind is RuntimeFailureKind.NotFound)
        {
            return false;
        }
    }

    /// <summary>The daemon's architecture counts, which is not that of a process that speaks to it from elsewhere.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var architecture = (await docker.NegotiateAsync(cancellationToken)).Arch;
        var archive = PauseImageArchive.For(architecture, name) ?? throw new DockerException(
            $"the agent has no pause image for a Docker daemon on {architecture ?? "a machine of unknown architecture"}, only for amd64 and arm64",
            RuntimeFailureKind.Permanent);
        await api.CallAsync(
            client => client.Images.LoadImageAsync(
                new ImageLoadParameters { Quiet = true }, new MemoryStream(archive), new Refusals(), cancellationToken),
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded the image of pause containers, {Image}, into Docker")]
    private partial void LogLoaded(string image);

    /// <summary>A daemon that has begun to answer tells of a failure in the answer.</summary>
    private sealed class Refusals : IProgress<JSONMessage>
    {
        public void Report(JSONMessage value)
        {
            if (value.Error is { } error)
            {
                throw new DockerException("Error response from daemon: " + error.Message, RuntimeFailureKind.Temporary);
            }
        }
    }
}
