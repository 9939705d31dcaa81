using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecs.Agent.LocalControlPlane.Tests.Server;

/// <summary>Plays the agent's side of registration, ACS and TCS with nothing but HTTP and websockets.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    private readonly ControlPlaneFixture _controlPlane;

    private TestAgent(ControlPlaneFixture controlPlane, JsonNode instance)
    {
        _controlPlane = controlPlane;
        Arn = (string)instance["containerInstanceArn"]!;
        Registration = instance;
    }

    public string Arn { get; }

    public JsonNode Registration { get; }

    public ClientWebSocket Acs { get; private set; } = new();

    public static async Task<TestAgent> RegisterAsync(ControlPlaneFixture controlPlane, int cpu, int memory, string token)
    {
        var answer = await controlPlane.OkAsync("RegisterContainerInstance", $$"""
            {"cluster":"default","clientToken":"{{token}}","totalResources":[
              {"name":"CPU","type":"INTEGER","integerValue":{{cpu}}},{"name":"MEMORY","type":"INTEGER","integerValue":{{memory}}},
              {"name":"PORTS","type":"STRINGSET","stringSetValue":["22"]},{"name":"PORTS_UDP","type":"STRINGSET","stringSetValue":[]}],
             "attributes":[{"name":"ecs.os-type","value":"linux"},{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.18"},
              {"name":"com.amazonaws.ecs.capability.docker-remote-api.1.24"},{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.21"},
              {"name":"com.amazonaws.ecs.capability.docker-remote-api.1.29"},{"name":"ecs.capability.container-health-check"},
              {"name":"ecs.capability.container-ordering"}]}
            """);
        return new TestAgent(controlPlane, answer["containerInstance"]!);
    }

    /// <summary>Connects to ACS where DiscoverPollEndpoint says, and takes the manifest that comes first.</summary>
    public async Task<JsonNode> ConnectAsync()
    {
        Acs = await OpenAsync(
            "endpoint",
            $"?agentHash=abc&agentVersion=1.105.1&clusterArn=default&containerInstanceArn={Uri.EscapeDataString(Arn)}"
            + "&dockerVersion=DockerVersion%3A+25.0.3&protocolVersion=2&sendCredentials=true&seqNum=1");
        return await ReceiveAsync(Acs, "TaskManifestMessage");
    }

    public Task<ClientWebSocket> ConnectTelemetryAsync() =>
        OpenAsync(
            "telemetryEndpoint", $"?agentHash=abc&agentVersion=1.105.1&cluster=default&containerInstance={Uri.EscapeDataString(Arn)}");

    public static async Task<JsonNode> ReceiveAsync(WebSocket socket, string type)
    {
        var text = await ReceiveTextAsync(socket);
        var envelope = JsonNode.Parse(text)!;
        Assert.Equal(type, (string)envelope["type"]!);
        return envelope["message"]!;
    }

    public Task<JsonNode> ReceiveAsync(string type) => ReceiveAsync(Acs, type);

    public static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, ControlPlaneFixture.Soon);

    public Task AcknowledgeAsync(JsonNode payload)
    {
        var ack = new JsonObject { ["cluster"] = "default", ["containerInstance"] = Arn, ["messageId"] = (string)payload["messageId"]! };
        return SendAsync(Acs, new JsonObject { ["type"] = "AckRequest", ["message"] = ack }.ToJsonString());
    }

    public Task<JsonNode> SubmitAsync(string task, string status, string more = "") =>
        _controlPlane.OkAsync(
            "SubmitTaskStateChange", $$"""{"cluster":"default","task":"{{task}}","status":"{{status}}","reason":""{{more}}}""");

    public async ValueTask DisposeAsync()
    {
        Acs.Abort();
        Acs.Dispose();
        await Task.CompletedTask;
    }

    private async Task<ClientWebSocket> OpenAsync(string endpoint, string query)
    {
        var discovered = await _controlPlane.OkAsync(
            "DiscoverPollEndpoint", $$"""{"containerInstance":"{{Arn}}","cluster":"default","zoneId":""}""");
        var address = new UriBuilder((string)discovered[endpoint]! + "ws" + query) { Scheme = "ws" };
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(address.Uri, ControlPlaneFixture.Soon);
        return socket;
    }

    private static async Task<string> ReceiveTextAsync(WebSocket socket)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        ValueWebSocketReceiveResult frame;
        do
        {
            frame = await socket.ReceiveAsync(buffer.AsMemory(), ControlPlaneFixture.Soon);
            text.Write(buffer, 0, frame.Count);
        }
        while (!frame.EndOfMessage);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
