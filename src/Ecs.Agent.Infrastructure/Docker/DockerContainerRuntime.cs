using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Docker.DotNet.Models;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Docker.Wire;
using Ecs.Agent.Infrastructure.Networking;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Containers on Docker: one call per wish, and one look where the wish promises it.</summary>
internal sealed class DockerContainerRuntime : IContainerRuntime
{
    private const string GetDockerClientVersion = "CannotGetDockerClientVersionError";

    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopMargin = TimeSpan.FromMinutes(2);
    private static readonly DockerOperation Version = new(GetDockerClientVersion, "version", TimeSpan.FromSeconds(10));
    private static readonly DockerOperation Inspect = new(ContainerErrorNames.CannotInspectContainer, "inspecting", TimeSpan.FromSeconds(30));
    private static readonly DockerOperation Remove = new(ContainerErrorNames.CannotRemoveContainer, "removing", TimeSpan.FromMinutes(5));

    private static readonly ContainerRemoveParameters WithAnonymousVolumes = new() { RemoveVolumes = true };

    private readonly DockerHttp _docker;
    private readonly DockerApi _api;
    private readonly DockerRetries _retries;
    private readonly HostPortAllocator _ports;
    private readonly TimeProvider _time;
    private readonly bool _excludeIpv6Bindings;
    private readonly DockerOperation _create;
    private readonly DockerOperation _start;

    // The ports of containers that exist but have not been started, under the container's name and under its id.
    private readonly ConcurrentDictionary<string, Unstarted> _unstarted = new(StringComparer.Ordinal);

    public DockerContainerRuntime(
        DockerHttp docker, DockerApi api, DockerRetries retries, HostPortAllocator ports, AgentOptions options, TimeProvider time)
    {
        _docker = docker;
        _api = api;
        _retries = retries;
        _ports = ports;
        _time = time;
        _excludeIpv6Bindings = options.ExcludeIpv6PortBindings;
        _create = new DockerOperation(ContainerErrorNames.CannotCreateContainer, "created", options.ContainerCreateTimeout);
        _start = new DockerOperation(ContainerErrorNames.CannotStartContainer, "started", options.ContainerStartTimeout);
    }

    public async Task<RuntimeInfo> GetInfoAsync(CancellationToken cancellationToken)
    {
        var answer = await Version.RunAsync(_time, _docker.NegotiateAsync, cancellationToken);
        return new RuntimeInfo
        {
            ServerVersion = answer.Version ?? "",
            ApiVersion = DockerApiVersion.Negotiate(answer).ToString(2),
            SupportedApiVersions = DockerApiVersion.Advertised(answer),
        };
    }

    public async Task<string> CreateAsync(ContainerCreation creation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(creation);
        var ports = Reserve(creation.Container);
        try
        {
            var body = Serialize(creation, ports);
            var (id, adopted) = await _create.RunAsync(_time, token => CreateOrAdoptAsync(creation, body, token), cancellationToken);
            if (adopted)
            {
                ports.Dispose();
            }
            else
            {
                Keep(ports, creation.DockerName, id);
            }

            return id;
        }
        catch
        {
            ports.Dispose();
            throw;
        }
    }

    public async Task<ContainerObservation> StartAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(container);
        try
        {
            return await _start.RunAsync(
                _time,
                async token =>
                {
                    await _docker.SendAndForgetAsync(HttpMethod.Post, PathOf(container) + "/start", token);
                    return await LookAsync(container, token);
                },
                cancellationToken);
        }
        finally
        {
            Forget(container.RuntimeId);
        }
    }

    public Task<ContainerObservation> InspectAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(container);
        return Inspect.RunAsync(_time, token => LookAsync(container, token), cancellationToken);
    }

    public async Task<ContainerObservation> StopAsync(
        ContainerHandle container, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(container);
        var grace = gracePeriod < LeastGrace ? LeastGrace : gracePeriod;
        var seconds = ((long)Math.Ceiling(grace.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var operation = new DockerOperation(ContainerErrorNames.CannotStopContainer, "stopped", grace + StopMargin);
        var path = PathOf(container) + "/stop?t=" + seconds;
        var exists = await _retries.Stop.ExecuteAsync(
            async token => await operation.RunAsync(_time, call => StopIfPresentAsync(path, call), token), cancellationToken);
        Forget(container.RuntimeId);
        return exists ? await InspectAsync(container, cancellationToken) : ContainerObserver.Missing;
    }

    public async Task RemoveAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(container);
        await Remove.RunAsync(_time, token => RemoveOnceAsync(container, token), cancellationToken);
        Forget(container.RuntimeId);
    }

    private static string PathOf(ContainerHandle container) => PathOf(container.RuntimeId);

    private static string PathOf(string nameOrId) => "/containers/" + DockerHttp.Escape(nameOrId);

    private static ReadOnlyMemory<byte> Serialize(ContainerCreation creation, PortReservation ports)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using var writer = new Utf8JsonWriter(body);
        CreateRequestComposer.Compose(creation, ports.Ports).WriteTo(writer);
        writer.Flush();
        return body.WrittenMemory;
    }

    private PortReservation Reserve(ContainerDefinition container)
    {
        try
        {
            return _ports.Reserve(container.PortMappings);
        }
        catch (PortsUnavailableException e)
        {
            throw new RuntimeException(
                new ContainerError(ContainerErrorNames.HostConfig, "error retrieving docker port map: " + e.Message),
                RuntimeFailureKind.Permanent,
                e);
        }
    }

    private async Task<(string Id, bool Adopted)> CreateOrAdoptAsync(
        ContainerCreation creation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            var path = "/containers/create?name=" + DockerHttp.Escape(creation.DockerName);
            var created = await _docker.PostAsync(path, body, DockerJson.Default.CreatedContainer, cancellationToken);
            return (RequireId(created.Id), Adopted: false);
        }
        catch (DockerException e) when (NameIsTaken(e))
        {
            var existing = await _docker.GetAsync(
                PathOf(creation.DockerName) + "/json", DockerJson.Default.InspectedIdentity, cancellationToken);
            if (!ContainerLabels.Match(existing.Config?.Labels, creation))
            {
                throw new DockerException(e.Message, RuntimeFailureKind.Permanent, e);
            }

            return (RequireId(existing.Id), Adopted: true);
        }
    }

    /// <summary>Docker says so by the status, Podman (4.3) in words only.</summary>
    private static bool NameIsTaken(DockerException e) =>
        e.Status is HttpStatusCode.Conflict
        || (e.Message.Contains("container name", StringComparison.Ordinal) && e.Message.Contains("is already in use", StringComparison.Ordinal));

    private static string RequireId(string? id) => id is { Length: > 0 }
        ? id
        : throw new DockerException("error during connect: the Docker daemon gave the container no id", RuntimeFailureKind.Temporary);

    private async Task<ContainerObservation> LookAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        try
        {
            var inspected = await _docker.GetAsync(
                PathOf(container) + "/json", DockerJson.Default.InspectedContainer, cancellationToken);
            return ContainerObserver.Observe(inspected, container.Definition, _excludeIpv6Bindings);
        }
        catch (DockerException e) when (e.Status is HttpStatusCode.NotFound)
        {
            Forget(container.RuntimeId);
            return ContainerObserver.Missing;
        }
    }

    private async Task<bool> StopIfPresentAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await _docker.SendAndForgetAsync(HttpMethod.Post, path, cancellationToken);
            return true;
        }
        catch (DockerException e) when (e.Status is HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task RemoveOnceAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        try
        {
            await _api.CallAsync(
                client => client.Containers.RemoveContainerAsync(
                    DockerHttp.Escape(container.RuntimeId), WithAnonymousVolumes, cancellationToken),
                cancellationToken);
        }
        catch (DockerException e) when (e.Status is HttpStatusCode.NotFound)
        {
            // Gone already.
        }
        catch (DockerException e) when (e.Status is HttpStatusCode.Conflict && e.Message.Contains("is already in progress", StringComparison.Ordinal))
        {
            // Somebody else's removal of the same container serves as well.
        }
    }

    private void Keep(PortReservation ports, string name, string id)
    {
        if (ports.Ports.Length == 0)
        {
            return;
        }

        var unstarted = new Unstarted(name, id, ports);
        _unstarted[name] = unstarted;
        _unstarted[id] = unstarted;
    }

    private void Forget(string nameOrId)
    {
        if (_unstarted.TryRemove(nameOrId, out var unstarted))
        {
            _unstarted.TryRemove(unstarted.Name, out _);
            _unstarted.TryRemove(unstarted.Id, out _);
            unstarted.Ports.Dispose();
        }
    }

    private sealed record Unstarted(string Name, string Id, PortReservation Ports);
}
