using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Ecs.Agent.Bench.Latency;

/// <summary>Reads Docker's event stream with nothing in between, and remembers what it says of ECS's containers.</summary>
internal sealed class DockerEventLog : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _http;
    private readonly Task _reading;
    private ImmutableList<DockerEvent> _events = [];

    public DockerEventLog(string socketPath)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        _reading = ReadAsync();
    }

    /// <summary>Called with each event as it is heard.</summary>
    public event Action<DockerEvent>? Heard;

    public ImmutableList<DockerEvent> Events => Volatile.Read(ref _events);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading;
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            var filters = Uri.EscapeDataString("""{"type":["container"],"label":["com.amazonaws.ecs.task-arn"]}""");
            await using var stream = await _http.GetStreamAsync(new Uri($"http://docker/events?filters={filters}"), _stopping.Token);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(_stopping.Token) is { } line)
            {
                var heardAt = DateTimeOffset.UtcNow;
                var heard = Event(JsonNode.Parse(line)!, heardAt);
                ImmutableInterlocked.Update(ref _events, list => list.Add(heard));
                Heard?.Invoke(heard);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private static DockerEvent Event(JsonNode json, DateTimeOffset heardAt)
    {
        var labels = json["Actor"]!["Attributes"]!;
        return new DockerEvent(
            (string)json["Action"]!,
            (string)labels["com.amazonaws.ecs.task-arn"]!,
            (string)labels["com.amazonaws.ecs.container-name"]!,
            DateTimeOffset.UnixEpoch.AddTicks((long)json["timeNano"]! / 100),
            heardAt);
    }
}
