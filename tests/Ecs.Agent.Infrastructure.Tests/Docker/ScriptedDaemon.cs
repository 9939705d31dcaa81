using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Networking;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

/// <summary>
/// The faults of a daemon that a real one does not show on demand: errors, silence, connections that end. Answers over a real socket as
/// scripted; time is virtual.
/// </summary>
internal sealed class ScriptedDaemon : IAsyncDisposable
{
    /// <summary>An answer that never comes.</summary>
    public const string Silence = "silence";

    /// <summary>A connection that ends without an answer.</summary>
    public const string Reset = "reset";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<string, string> _answer;
    private readonly Func<string> _version;
    private readonly Task _serving;

    /// <param name="answer">Method and path without the version → answer: <see cref="Json"/>, <see cref="Stream"/>, …</param>
    /// <param name="version">The API version that it names whenever it is asked; 1.41 if left out.</param>
    public ScriptedDaemon(Func<string, string> answer, Func<string>? version = null)
    {
        _answer = answer;
        _version = version ?? (() => "1.41");
        _listener.Start();
        Options = new AgentOptions { Region = "us-west-2", DockerHost = new Uri($"tcp://{_listener.LocalEndpoint}") };
        Http = new DockerHttp(DockerEndpoint.From(Options));
        Api = new DockerApi(Http);
        _serving = ServeAsync();
    }

    public AgentOptions Options { get; }

    public DockerHttp Http { get; }

    public DockerApi Api { get; }

    /// <summary>The architecture that it names whenever it is asked for its version.</summary>
    public string Architecture { get; init; } = "amd64";

    /// <summary>Whether the script answers the question for the version, too.</summary>
    public bool VersionIsScripted { get; init; }

    /// <summary>The clock of limits.</summary>
    public FakeTimeProvider Time { get; } = new();

    /// <summary>The clock of the waits between attempts, apart so that passing them uses up no limit.</summary>
    public FakeTimeProvider RetryTime { get; } = new();

    /// <summary>Every request so far but the negotiation, as <c>POST /path?query</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public DockerRetries Retries => new(RetryTime, () => 0);

    public DockerContainerRuntime Runtime => new(
        Http, Api, Retries, new HostPortAllocator(HostPortRange.Fallback, new SocketPortProbe()), Options, Time);

    public DockerImageStore Images => new(Http, Api, Retries, Options, Time);

    public DockerVolumeStore Volumes => new(Api, Options, Time);

    public DockerContainerLogs Logs => new(Api, Time);

    public DockerContainerEvents Events => new(Http, Time, NullLogger<DockerContainerEvents>.Instance);

    public static string Json(int status, string body) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>A body that begins and then says nothing more.</summary>
    public static string Stalled(string begin) =>
        $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{begin.Length:x}\r\n{begin}\r\n{Silence}";

    /// <summary>Lets a clock run in steps until the task has ended.</summary>
    public static async Task<T> PassTimeAsync<T>(FakeTimeProvider clock, TimeSpan step, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            clock.Advance(step);
            await Task.WhenAny(task, Task.Delay(1));
        }

        return await task;
    }

    /// <summary>Lets the waits between attempts pass.</summary>
    public Task<T> PassRetriesAsync<T>(Task<T> task) => PassTimeAsync(RetryTime, TimeSpan.FromSeconds(1), task);

    /// <summary>Waits until the daemon has had so many requests.</summary>
    public async Task UntilAskedAsync(int requests)
    {
        while (Requests.Count < requests)
        {
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _serving;
        Http.Dispose();
        _closing.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
        try
        {
            while (await ReadRequestAsync(reader) is { } request)
            {
                var answer = !VersionIsScripted && request.EndsWith(" /version", StringComparison.Ordinal)
                    ? Json(200, "{\"Version\":\"20.10\",\"ApiVersion\":\"" + _version() + "\",\"MinAPIVersion\":\"1.12\",\"Arch\":\"" + Architecture + "\"}")
                    : Recorded(request);
                if (answer == Reset)
                {
                    return;
                }

                var stalls = answer.EndsWith(Silence, StringComparison.Ordinal);
                var text = stalls ? answer[..^Silence.Length] : answer;
                await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), _closing.Token);
                if (stalls)
                {
                    await Task.Delay(Timeout.Infinite, _closing.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has gone, or the test is over.
        }
    }

    private string Recorded(string request)
    {
        Requests.Enqueue(request);
        return _answer(request);
    }

    private async Task<string?> ReadRequestAsync(StreamReader reader)
    {
        if (await reader.ReadLineAsync(_closing.Token) is not { } first)
        {
            return null;
        }

        var length = 0;
        while (await reader.ReadLineAsync(_closing.Token) is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(header.AsSpan(15));
            }
        }

        if (length > 0)
        {
            await reader.ReadBlockAsync(new char[length], _closing.Token);
        }

        var parts = first.Split(' ');
        return parts[0] + " " + parts[1].Replace("/v1.41", "", StringComparison.Ordinal);
    }
}
