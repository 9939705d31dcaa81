using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Ecs.Agent.Bench.Burst;

/// <summary>The Docker API with nothing in between: the floor that the agent is measured against.</summary>
internal sealed class RawDocker(string socketPath) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://docker"),
        Timeout = TimeSpan.FromMinutes(5),
    };

    public async Task<string> CreateAsync(string name, JsonObject body)
    {
        using var response = await _http.PostAsJsonAsync($"/containers/create?name={name}", body);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>();
        return (string?)answer?["Id"] ?? throw new InvalidOperationException($"Docker refused to create {name}: {answer?["message"]}");
    }

    public async Task StartAsync(string id) => await PostAsync($"/containers/{id}/start");

    public async Task StopAsync(string id, int seconds) => await PostAsync($"/containers/{id}/stop?t={seconds}");

    public async Task KillAsync(string id) => await PostAsync($"/containers/{id}/kill");

    public async Task RemoveAsync(string id)
    {
        using var response = await _http.DeleteAsync(new Uri($"/containers/{id}?force=1&v=1", UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The ids of all containers, running or not, with the label.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string label)
    {
        var filters = Uri.EscapeDataString(new JsonObject { ["label"] = new JsonArray(label) }.ToJsonString());
        var answer = await _http.GetFromJsonAsync<JsonArray>($"/containers/json?all=1&filters={filters}");
        return [.. answer!.Select(c => (string)c!["Id"]!)];
    }

    public async Task<JsonObject> InspectAsync(string id) => (await _http.GetFromJsonAsync<JsonObject>($"/containers/{id}/json"))!;

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string path)
    {
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
    }
}
