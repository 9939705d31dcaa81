using System.Net;
using System.Runtime.CompilerServices;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Follows what Docker has recorded of a container's output.</summary>
internal sealed class DockerContainerLogs(DockerHttp docker, TimeProvider time) : IContainerLogs
{
    private const int ChunkLength = 4096;

    private static readonly DockerOperation Open =
        new(ContainerErrorNames.CannotDescribeContainer, "inspecting", TimeSpan.FromSeconds(30));

    public async IAsyncEnumerable<ContainerLogLine> FollowAsync(
        string runtimeId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (response, isTerminal) = await Open.RunAsync(time, token => OpenAsync(runtimeId, token), cancellationToken);
        if (response is null)
        {
            yield break;
        }

        var demultiplexer = new LogDemultiplexer(isTerminal);
        var lines = new List<ContainerLogLine>();
        using (response)
        {
            await foreach (var chunk in ReadAsync(response, cancellationToken))
            {
                demultiplexer.Append(chunk.Span, lines);
                foreach (var line in lines)
                {
                    yield return line;
                }

                lines.Clear();
            }
        }

        if (demultiplexer.HasUnfinishedLine)
        {
            demultiplexer.Complete(lines);
        }
        else
        {
            await AddUnfinishedLineAsync(runtimeId, isTerminal, lines, cancellationToken);
        }

        foreach (var line in lines)
        {
            yield return line;
        }
    }

    /// <summary>
    /// A container's last line, when it has no line end, is recorded at the moment the container ends, and Docker's stream may end before
    /// that; so a stream that ended with a whole line is followed by one look at the last entry.
    /// </summary>
    private async Task AddUnfinishedLineAsync(
        string runtimeId, bool isTerminal, List<ContainerLogLine> lines, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await docker.SendAsync(
                HttpMethod.Get, PathOf(runtimeId) + "/logs?stdout=1&stderr=1&tail=1", content: null, cancellationToken);
            var last = new LogDemultiplexer(isTerminal);
            await foreach (var chunk in ReadAsync(response, cancellationToken))
            {
                last.Append(chunk.Span, lines);
            }

            lines.Clear();
            last.Complete(lines);
        }
        catch (DockerException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Removed meanwhile, and its log with it.
        }
        catch (DockerException e)
        {
            throw Translate(e);
        }
    }

    private static string PathOf(string runtimeId) => "/containers/" + DockerHttp.Escape(runtimeId);

    private static RuntimeException Translate(DockerException e) => new(new ContainerError(Open.ErrorName, e.Message), e.Kind, e);

    private async Task<(HttpResponseMessage? Response, bool IsTerminal)> OpenAsync(string runtimeId, CancellationToken cancellationToken)
    {
        var path = PathOf(runtimeId);
        var identity = await docker.GetAsync(path + "/json", DockerJson.Default.InspectedIdentity, cancellationToken);
        try
        {
            var response = await docker.SendAsync(
                HttpMethod.Get, path + "/logs?follow=1&stdout=1&stderr=1", content: null, cancellationToken);
            return (response, identity.Config?.Tty == true);
        }
        catch (DockerException e) when (IsUnreadable(e))
        {
            return (null, false);
        }
    }

    private static bool IsUnreadable(DockerException e) =>
        e.Status is HttpStatusCode.NotImplemented || e.Message.Contains("does not support reading", StringComparison.Ordinal);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var chunk = new byte[ChunkLength];
        while (await ReadChunkAsync(body, chunk, cancellationToken) is > 0 and var length)
        {
            yield return chunk.AsMemory(0, length);
        }
    }

    private async Task<int> ReadChunkAsync(Stream body, byte[] chunk, CancellationToken cancellationToken)
    {
        try
        {
            return await docker.ReadBytesAsync(body, chunk, cancellationToken);
        }
        catch (DockerException e)
        {
            throw Translate(e);
        }
    }
}
