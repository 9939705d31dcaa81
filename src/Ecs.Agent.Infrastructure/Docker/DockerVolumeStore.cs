using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Docker.DotNet.Models;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Docker's volumes.</summary>
internal sealed partial class DockerVolumeStore(DockerApi docker, AgentOptions options, TimeProvider time) : IVolumeStore
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly DockerOperation Create = new(ContainerErrorNames.CannotCreateVolume, "creating volume", Limit);
    private static readonly DockerOperation Inspect = new(ContainerErrorNames.CannotInspectVolume, "inspecting volume", Limit);
    private static readonly DockerOperation Remove = new(ContainerErrorNames.CannotRemoveVolume, "removing volume", Limit);

    public Task CreateAsync(TaskVolume.TaskScoped volume, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return CreateAsync(volume.DockerName, volume.Driver, volume.DriverOptions, volume.Labels, cancellationToken);
    }

    public async Task EnsureSharedAsync(TaskVolume.Shared volume, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volume);
        VolumeResponse existing;
        try
        {
            existing = await Inspect.RunAsync(
                time,
                token => docker.CallAsync(client => client.Volumes.InspectAsync(DockerHttp.Escape(volume.Name), token), token),
                cancellationToken);
        }
        catch (RuntimeException e) when (e.Kind is RuntimeFailureKind.NotFound)
        {
            if (!volume.Autoprovision)
            {
                throw Failure(
                    $"initialize volume: volume detection failed, volume '{volume.Name}' does not exist and autoprovision is set to false: "
                    + e.Error.Message,
                    RuntimeFailureKind.NotFound);
            }

            await CreateAsync(volume.Name, volume.Driver, volume.DriverOptions, volume.Labels, cancellationToken);
            return;
        }

        if (volume.Autoprovision && options.SharedVolumeMatchFullConfig)
        {
            RequireMatch(existing, volume);
        }
    }

    public Task RemoveAsync(string dockerName, CancellationToken cancellationToken) =>
        Remove.RunAsync(
            time,
            async token =>
            {
                try
                {
                    await docker.CallAsync(
                        client => client.Volumes.RemoveAsync(DockerHttp.Escape(dockerName), force: null, token), token);
                }
                catch (DockerException e) when (e.Status is HttpStatusCode.NotFound)
                {
                    // Gone already.
                }
            },
            cancellationToken);

    /// <summary>The two spellings of the first word are those that ECS shows.</summary>
    private static void RequireMatch(VolumeResponse existing, TaskVolume.Shared wanted)
    {
        if (!Same(existing.Labels, wanted.Labels))
        {
            throw Failure(
                "intialize volume: non-autoprovisioned volume does not match existing volume labels: "
                + $"existing: {GoMap(existing.Labels)}, expected: {GoMap(wanted.Labels)}",
                RuntimeFailureKind.Permanent);
        }

        if (!Same(existing.Options, wanted.DriverOptions))
        {
            throw Failure(
                "initialize volume: non-autoprovisioned volume does not match existing volume options: "
                + $"existing: {GoMap(existing.Options)}, expected: {GoMap(wanted.DriverOptions)}",
                RuntimeFailureKind.Permanent);
        }
    }

    private static bool Same(IDictionary<string, string>? existing, ImmutableSortedDictionary<string, string> wanted) =>
        (existing?.Count ?? 0) == wanted.Count
        && wanted.All(entry => existing!.TryGetValue(entry.Key, out var value) && value == entry.Value);

    // Mount options of network file systems carry passwords.
    private static string GoMap(IEnumerable<KeyValuePair<string, string>>? map) =>
        "map[" + string.Join(
            ' ',
            (map ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => $"{entry.Key}:{Secret().Replace(entry.Value, "$1=***")}")) + "]";

    private static RuntimeException Failure(string message, RuntimeFailureKind kind) =>
        new(new ContainerError(ContainerErrorNames.CannotCreateVolume, message), kind);

    private Task<VolumeResponse> CreateAsync(
        string name,
        string driver,
        ImmutableSortedDictionary<string, string> driverOptions,
        ImmutableSortedDictionary<string, string> labels,
        CancellationToken cancellationToken)
    {
        var parameters = new VolumesCreateParameters { Name = name, Driver = driver, DriverOpts = driverOptions, Labels = labels };
        return Create.RunAsync(
            time, token => docker.CallAsync(client => client.Volumes.CreateAsync(parameters, token), token), cancellationToken);
    }

    [GeneratedRegex(@"\b(pass|password|passwd|secret|token|credentials)=[^,]*", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
