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

        using (response)
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var demultiplexer = new LogDemultiplexer(isTerminal);
            var chunk = new byte[ChunkLength];
            var lines = new List<ContainerLogLine>();
            int length;
            do
            {
                length = await ReadAsync(body, chunk, cancellationToken);
                demultiplexer.Append(chunk.AsSpan(0, length), lines);
                if (length == 0)
                {
                    demultiplexer.Complete(lines);
                }

                foreach (var line in lines)
                {
                    yield return line;
                }

                lines.Clear();
            }
            while (length > 0);
        }
    }

    private async Task<(HttpResponseMessage? Response, bool IsTerminal)> OpenAsync(string runtimeId, CancellationToken cancellationToken)
    {
        var path = "/containers/" + DockerHttp.Escape(runtimeId);
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

    private async Task<int> ReadAsync(Stream body, byte[] chunk, CancellationToken cancellationToken)
    {
        try
        {
            return await docker.ReadBytesAsync(body, chunk, cancellationToken);
        }
        catch (DockerException e)
        {
            throw new RuntimeException(new ContainerError(Open.ErrorName, e.Message), e.Kind, e);
        }
    }
}
