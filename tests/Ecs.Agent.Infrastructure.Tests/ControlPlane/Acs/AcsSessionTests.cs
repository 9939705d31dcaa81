using System.Net.WebSockets;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

/// <summary>The real session over real websockets to a scripted server, in virtual time.</summary>
public sealed class AcsSessionTests : IAsyncLifetime
{
    private const string Heartbeat = """{"type":"HeartbeatMessage","message":{"healthy":true,"messageId":"hb"}}""";
    private const string HeartbeatAck = """{"type":"HeartbeatAckRequest","message":{"messageId":"hb"}}""";

    private readonly SteppedTime _time = new();
    private readonly RecordingSender _sender = new();
    private Loopback _server = null!;
    private AcsSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await Loopback.StartAsync();
        _server.Answer(200, $$"""{"endpoint":"{{_server.Endpoint}}"}""");
        var identifiers = new FixedIdentifiers();
        _session = new AcsSession(
            await Agents.RegisteredAsync(),
            new FixedRuntime(),
            new PollEndpointCache(
                Agents.Api(_server.Endpoint, _time),
                new EcsApiPipelines(_time, identifiers),
                _time,
                NullLogger<PollEndpointCache>.Instance),
            new AcsDialer(Agents.Options(_server.Endpoint), Agents.Credentials(_time, token: "session-token"), _time),
            new AcsMessageHandler(
                new PayloadHandler(
                    _sender, identifiers, Agents.Options(_server.Endpoint), NullLogger<PayloadHandler>.Instance),
                new ManifestHandler(new FixedTasks(), _sender, new RecordedManifestNumber(), NullLogger<ManifestHandler>.Instance),
                new CredentialsHandler(_sender, NullLogger<CredentialsHandler>.Instance),
                NullLogger<AcsMessageHandler>.Instance),
            Agents.Build,
            _time,
            identifiers,
            NullLogger<AcsSession>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.StopAsync(default);
        _session.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Connect_SendsASignedUpgradeWithTheDocumentedQuery()
    {
        await StartAsync();
        await _server.AcceptAsync();
        var upgrade = _server.Requests.Single(request => request.Method == "GET");
        Assert.Equal(
            "/ws?agentHash=a8b3e7d3&agentVersion=1.2.3&clusterArn=lab"
            + "&containerInstanceArn=arn%3Aaws%3Aecs%3Aeu-test-1%3A111122223333%3Acontainer-instance%2Flab%2F0f3c2d"
            + "&dockerVersion=DockerVersion%3A+20.10.24%2Bdfsg1&protocolVersion=2&sendCredentials=true&seqNum=1",
            upgrade.Target);
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20310501/eu-test-1/ecs/aws4_request, "
            + "SignedHeaders=host;x-amz-date;x-amz-security-token, ",
            upgrade.Headers["Authorization"],
            StringComparison.Ordinal);
        Assert.Equal("session-token", upgrade.Headers["X-Amz-Security-Token"]);
        Assert.Equal("13", upgrade.Headers["Sec-WebSocket-Version"]);
        string[] unwanted = ["Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Origin", "X-Amz-Content-Sha256", "User-Agent"];
        Assert.DoesNotContain(upgrade.Headers.Keys, header => unwanted.Contains(header, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Messages_AreAnsweredAndBrokenFramesDoNotEndTheConnection()
    {
        await StartAsync();
        var socket = await _server.AcceptAsync();
        foreach (var broken in new[] { "nonsense", "", "[]", "{\"type\":", """{"type":"Unknown","message":{}}""" })
        {
            await socket.SendAsync(broken);
        }

        await socket.SendAsync(
            """
            {"type":"PayloadMessage","message":{"messageId":"p-1","clusterArn":"arn:c","containerInstanceArn":"arn:i","tasks":[
             {"arn":"t1","desiredStatus":"RUNNING","containers":[{"name":"a","image":"i"}]}]}}
            """);
        Assert.Equal(
            """{"type":"AckRequest","message":{"cluster":"arn:c","containerInstance":"arn:i","messageId":"p-1"}}""",
            await socket.ReceiveAsync());
        Assert.Equal("t1", Assert.Single(Assert.IsType<StartTasksCommand>(Assert.Single(_sender.Sent)).Tasks).Arn);
        await socket.SendAsync(Heartbeat, WebSocketMessageType.Binary);
        Assert.Equal(HeartbeatAck, await socket.ReceiveAsync());
    }

    [Fact]
    public async Task Messages_LargerThanAReadBuffer_AreReassembled()
    {
        await StartAsync();
        var socket = await _server.AcceptAsync();
        var padding = new string('x', 200_000);
        await socket.SendAsync($$$"""{"type":"HeartbeatMessage","message":{"messageId":"hb","padding":"{{{padding}}}"}}""");
        Assert.Equal(HeartbeatAck, await socket.ReceiveAsync());
        await socket.SendAsync($$$"""{"type":"HeartbeatMessage","message":{"messageId":"{{{padding}}}"}}""");
        Assert.Equal($$$"""{"type":"HeartbeatAckRequest","message":{"messageId":"{{{padding}}}"}}""", await socket.ReceiveAsync());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1011)]
    public async Task Close_OrderlyCode_IsEchoedAndConnectsAgainAtOnceWithTheKnownEndpoint(int code)
    {
        await StartAsync();
        var socket = await _server.AcceptAsync();
        await socket.CloseAsync(code);
        Assert.Equal(code, (int)socket.CloseStatus!);
        await (await _server.AcceptAsync()).SendAsync(Heartbeat);
        var upgrades = _server.Requests.Where(request => request.Method == "GET").ToArray();
        Assert.Contains("sendCredentials=true", upgrades[0].Target, StringComparison.Ordinal);
        Assert.Contains("sendCredentials=false", upgrades[1].Target, StringComparison.Ordinal);
        Assert.Single(_server.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task Close_DroppedStream_ConnectsAgainAtOnce()
    {
        await StartAsync();
        (await _server.AcceptAsync()).Drop();
        await _server.AcceptAsync();
    }

    [Fact]
    public async Task Close_ResetConnection_BacksOff()
    {
        await StartAsync();
        (await _server.AcceptAsync()).Reset();
        await _time.PassAsync(TimeSpan.FromMilliseconds(250));
        await _server.AcceptAsync();
    }

    [Fact]
    public async Task Close_OtherCodes_BackOffLongerEachTime()
    {
        await StartAsync();
        await (await _server.AcceptAsync()).CloseAsync(1002);
        await _time.PassAsync(TimeSpan.FromMilliseconds(250));
        await (await _server.AcceptAsync()).CloseAsync(1008);
        await _time.PassAsync(TimeSpan.FromMilliseconds(375));
        await (await _server.AcceptAsync()).CloseAsync(1000);
        await (await _server.AcceptAsync()).CloseAsync(1002);
        await _time.PassAsync(TimeSpan.FromMilliseconds(250));
        await _server.AcceptAsync();
    }

    [Fact]
    public async Task Close_LongAfterConnecting_StartsTheBackOffAnew()
    {
        await StartAsync();
        await (await _server.AcceptAsync()).CloseAsync(1002);
        await _time.PassAsync(TimeSpan.FromMilliseconds(250));
        var socket = await _server.AcceptAsync();
        await RoundTripAsync(socket);
        _time.Advance(TimeSpan.FromSeconds(59));
        await RoundTripAsync(socket);
        _time.Advance(TimeSpan.FromSeconds(2));
        await RoundTripAsync(socket);
        await socket.CloseAsync(1002);
        await _time.PassAsync(TimeSpan.FromMilliseconds(250));
        await _server.AcceptAsync();
    }

    [Fact]
    public async Task Handshake_Refused_BacksOff()
    {
        _server.Refuse(500, "no").Refuse(400, """{"AccessDeniedException":"no"}""");
        await StartAsync();
        await _time.PassAsync(TimeSpan.FromMilliseconds(250));
        await _time.PassAsync(TimeSpan.FromMilliseconds(375));
        await _server.AcceptAsync();
        Assert.EndsWith(
            "sendCredentials=true&seqNum=1", _server.Requests.Last(request => request.Method == "GET").Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"InactiveInstanceException":"The referenced instance was deregistered."}""")]
    [InlineData("""{"type":"InactiveInstanceException","message":{"message":"The referenced instance was deregistered."}}""")]
    public async Task Handshake_InactiveInstance_WaitsAnHour(string body)
    {
        _server.Refuse(400, body);
        await StartAsync();
        await _time.PassAsync(TimeSpan.FromHours(1));
        await _server.AcceptAsync();
    }

    [Fact]
    public async Task Silence_BeyondTheHeartbeat_EndsTheConnectionWithABackOff()
    {
        await StartAsync();
        var socket = await _server.AcceptAsync();
        await RoundTripAsync(socket);
        _time.Advance(TimeSpan.FromSeconds(50));
        await RoundTripAsync(socket);
        _time.Advance(TimeSpan.FromSeconds(50));
        await socket.SendAsync("unrecognised, so it does not count");
        await RoundTripAsync(socket);
        _time.Advance(TimeSpan.FromSeconds(61));
        await Assert.ThrowsAnyAsync<Exception>(socket.ReceiveAsync);
        socket.Drop();
        await _time.PassAsync(TimeSpan.FromMilliseconds(250));
        await _server.AcceptAsync();
    }

    [Fact]
    public async Task Life_AtItsEnd_SaysSoAndKeepsReadingUntilTheServerCloses()
    {
        await StartAsync();
        var socket = await _server.AcceptAsync();
        for (var minute = 0; minute < 30; minute++)
        {
            await RoundTripAsync(socket);
            _time.Advance(TimeSpan.FromSeconds(59.9));
        }

        await RoundTripAsync(socket);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        Assert.Equal("ConnectionExpired: Reconnect to continue", socket.CloseText);
        await socket.SendAsync(Heartbeat);
        await socket.AnswerCloseAsync();
        await _server.AcceptAsync();
    }

    [Fact]
    public async Task Stop_WhileConnected_EndsWithoutACloseFrame()
    {
        await StartAsync();
        var socket = await _server.AcceptAsync();
        await RoundTripAsync(socket);
        await _session.StopAsync(default).WaitAsync(Loopback.Patience);
        Assert.True(_session.ExecuteTask!.IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<Exception>(socket.ReceiveAsync);
        socket.Drop();
    }

    private Task StartAsync() => _session.StartAsync(default);

    private static async Task RoundTripAsync(ServerSocket socket)
    {
        await socket.SendAsync(Heartbeat);
        Assert.Equal(HeartbeatAck, await socket.ReceiveAsync());
    }
}
