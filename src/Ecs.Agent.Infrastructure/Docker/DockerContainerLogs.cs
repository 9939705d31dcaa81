using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Follows what Docker has recorded of a container's output.</summary>
internal sealed class DockerContainerLogs(DockerApi docker, TimeProvider time) : IContainerLogs
{
    private const int ChunkLength = 4096;

    private static readonly DockerOperation Open =
        new(ContainerErrorNames.CannotDescribeContainer, "inspecting", TimeSpan.FromSeconds(30));

    private static readonly ContainerLogsParameters Everything = new() { Follow = true, ShowStdout = true, ShowStderr = true };
    private static readonly ContainerLogsParameters LastEntry = new() { ShowStdout = true, ShowStderr = true, Tail = "1" };

    public async IAsyncEnumerable<ContainerLogLine> FollowAsync(
        string runtimeId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var recorded = await Open.RunAsync(time, token => OpenAsync(runtimeId, token), cancellationToken);
        if (recorded is null)
        {
            yield break;
        }

        var output = new LogLineAssembler(isError: false);
        var error = new LogLineAssembler(isError: true);
        var lines = new List<ContainerLogLine>();
        var chunk = new byte[ChunkLength];
        while (await ReadAsync(recorded, chunk, cancellationToken) is { EOF: false } read)
        {
            (IsError(read) ? error : output).Append(chunk.AsSpan(0, read.Count), lines);
            foreach (var line in lines)
            {
                yield return line;
            }

            lines.Clear();
        }

        if (output.HasUnfinishedLine || error.HasUnfinishedLine)
        {
            output.Complete(lines);
            error.Complete(lines);
        }
        else
        {
            await AddUnfinishedLineAsync(runtimeId, lines, cancellationToken);
        }

        foreach (var line in lines)
        {
            yield return line;
        }
    }

    public Task<ImmutableArray<ContainerLogLine>> TailAsync(string runtimeId, int lines, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lines, 1);
        return Open.RunAsync(time, token => TailOnceAsync(runtimeId, lines, token), cancellationToken);
    }

    private async Task<ImmutableArray<ContainerLogLine>> TailOnceAsync(string runtimeId, int count, CancellationToken cancellationToken)
    {
        var output = new LogLineAssembler(isError: false);
        var error = new LogLineAssembler(isError: true);
        var lines = new List<ContainerLogLine>();
        var tail = count.ToString(CultureInfo.InvariantCulture);
        var last = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = tail };
        try
        {
            await ReadRecordedAsync(runtimeId, last, output, error, lines, cancellationToken);
        }
        catch (DockerException e) when (IsUnreadable(e))
        {
            return [];
        }

        output.Complete(lines);
        error.Complete(lines);

        // Docker counts entries, of which a line that is very long has several; an entry never has several lines.
        return [.. lines.TakeLast(count)];
    }

    /// <summary>
    /// A container's last line, when it has no line end, is recorded at the moment the container ends, and Docker's stream may end before
    /// that; so a stream that ended with a whole line is followed by one look at the last entry.
    /// </summary>
    private async Task AddUnfinishedLineAsync(string runtimeId, List<ContainerLogLine> lines, CancellationToken cancellationToken)
    {
        var output = new LogLineAssembler(isError: false);
        var error = new LogLineAssembler(isError: true);
        try
        {
            await ReadRecordedAsync(runtimeId, LastEntry, output, error, lines, cancellationToken);
        }
        catch (DockerException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Removed meanwhile, and its log with it.
        }
        catch (DockerException e)
        {
            throw Translate(e);
        }

        lines.Clear();
        output.Complete(lines);
        error.Complete(lines);
    }

    /// <summary>What is recorded by now, without waiting for more.</summary>
    private async Task ReadRecordedAsync(
        string runtimeId,
        ContainerLogsParameters which,
        LogLineAssembler output,
        LogLineAssembler error,
        List<ContainerLogLine> lines,
        CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkLength];
        using var recorded = await docker.CallAsync(
            client => client.Containers.GetContainerLogsAsync(DockerHttp.Escape(runtimeId), which, cancellationToken), cancellationToken);
        while (await docker.ReadAsync(recorded, chunk, cancellationToken) is { EOF: false } read)
        {
            (IsError(read) ? error : output).Append(chunk.AsSpan(0, read.Count), lines);
        }
    }

    private static bool IsError(MultiplexedStream.ReadResult read) => read.Target is MultiplexedStream.TargetStream.StandardError;

    private static RuntimeException Translate(DockerException e) => new(new ContainerError(Open.ErrorName, e.Message), e.Kind, e);

    /// <summary>What is recorded and will be, with or without a terminal; null when the container's log driver cannot be read.</summary>
    private async Task<MultiplexedStream?> OpenAsync(string runtimeId, CancellationToken cancellationToken)
    {
        try
        {
            return await docker.CallAsync(
                client => client.Containers.GetContainerLogsAsync(DockerHttp.Escape(runtimeId), Everything, cancellationToken),
                cancellationToken);
        }
        catch (DockerException e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    /// <summary>In Docker's words, by status or by text, and in Podman's.</summary>
    private static bool IsUnreadable(DockerException e) =>
        e.Status is HttpStatusCode.NotImplemented
        || e.Message.Contains("does not support reading", StringComparison.Ordinal)
        || e.Message.Contains("log driver, cannot read logs", StringComparison.Ordinal);

    private async Task<MultiplexedStream.ReadResult> ReadAsync(
        MultiplexedStream recorded, byte[] chunk, CancellationToken cancellationToken)
    {
        try
        {
            return await docker.ReadAsync(recorded, chunk, cancellationToken);
        }
        catch (DockerException e)
        {
            throw Translate(e);
        }
    }
}
