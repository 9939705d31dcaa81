using System.Collections.Immutable;
using Docker.DotNet.Models;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>All containers of the engine, for clean-up.</summary>
internal sealed class DockerHostContainers(DockerHttp docker, DockerApi api, TimeProvider time) : IHostContainers
{
    private static readonly DockerOperation List = new(ContainerErrorNames.CannotListContainers, "listing", TimeSpan.FromMinutes(10));
    private static readonly DockerOperation Inspect = new(ContainerErrorNames.CannotInspectContainer, "inspecting", TimeSpan.FromSeconds(30));
    private static readonly DockerOperation Remove = new(ContainerErrorNames.CannotRemoveContainer, "removing", TimeSpan.FromMinutes(5));
    private static readonly ContainersListParameters InAnyState = new() { All = true };

    public Task<ImmutableArray<HostContainer>> ListAllAsync(CancellationToken cancellationToken) => List.RunAsync(
        time,
        async token =>
        {
            var all = await api.CallAsync(client => client.Containers.ListContainersAsync(InAnyState, token), token);
            return all.Select(Read).ToImmutableArray();
        },
        cancellationToken);

    public Task<DateTimeOffset?> EndedAtAsync(string runtimeId, CancellationToken cancellationToken) => Inspect.RunAsync(
        time,
        async token =>
        {
            try
            {
                var found = await docker.GetAsync(PathOf(runtimeId) + "/json", DockerJson.Default.InspectedContainer, token);

                // A time that never came is Go's zero time, year 1.
                return found.State?.FinishedAt is { Year: > 1 } at ? at : (DateTimeOffset?)null;
            }
            catch (DockerException e) when (e.Kind is RuntimeFailureKind.NotFound)
            {
                return null;
            }
        },
        cancellationToken);

    public Task DiscardAsync(string runtimeId, CancellationToken cancellationToken) => Remove.RunAsync(
        time,
        async token =>
        {
            try
            {
                await docker.SendAndForgetAsync(HttpMethod.Delete, PathOf(runtimeId) + "?v=1", token);
            }
            catch (DockerException e) when (e.Kind is RuntimeFailureKind.NotFound)
            {
                // Somebody was faster.
            }
        },
        cancellationToken);

    private static string PathOf(string runtimeId) => "/containers/" + DockerHttp.Escape(runtimeId);

    private static HostContainer Read(ContainerListResponse container) => new(
        container.ID,
        container.Names is [var name, ..] ? name.TrimStart('/') : "",
        container.ImageID ?? "",
        container.State ?? "",
        new DateTimeOffset(DateTime.SpecifyKind(container.Created, DateTimeKind.Utc)));
}
