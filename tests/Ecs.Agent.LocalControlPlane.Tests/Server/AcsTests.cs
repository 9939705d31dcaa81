using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Ecs.Agent.Protocol.EcsApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.LocalControlPlane.Tests.Server;

public sealed class AcsTests
{
    [Fact]
    public async Task Agent_OnConnect_IsShownConnectedWithItsVersions()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();

        var instance = Describe(controlPlane, agent);

        Assert.Equal(
            (true, "1.105.1", "DockerVersion: 25.0.3"),
            (instance.AgentConnected, instance.VersionInfo!.AgentVersion, instance.VersionInfo.DockerVersion));
        Assert.Matches("^arn:aws:ecs:us-east-1:000000000000:container-instance/default/[0-9a-f]{32}$", agent.Arn);
        Assert.Contains(instance.Attributes!, attribute => attribute is { Name: "ecs.availability-zone", Value: "us-east-1a" });
    }

    [Fact]
    public async Task Agent_ThatLeaves_IsShownDisconnectedAndGetsNoTasks()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();

        agent.Acs.Abort();
        await UntilAsync(controlPlane, agent, connected: false);

        Assert.Equal("AGENT", (string)(await controlPlane.RunAsync())["failures"]![0]!["reason"]!);
    }

    [Fact]
    public async Task Tasks_OfOneCall_TravelInOnePayload()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();

        var run = await controlPlane.RunAsync(count: 4);
        var payload = await agent.ReceiveAsync("PayloadMessage");

        Assert.Equal(
            run["tasks"]!.AsArray().Select(task => (string)task!["taskArn"]!),
            payload["tasks"]!.AsArray().Select(task => (string)task!["arn"]!));
        Assert.Equal(agent.Arn, (string)payload["containerInstanceArn"]!);
    }

    [Fact]
    public async Task Payload_NotAcknowledged_ComesAgainAfterReconnectWithTheSameId()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        await controlPlane.RunAsync();
        var acknowledged = await agent.ReceiveAsync("PayloadMessage");
        await agent.AcknowledgeAsync(acknowledged);
        await controlPlane.RunAsync();
        var lost = await agent.ReceiveAsync("PayloadMessage");

        agent.Acs.Abort();
        var manifest = await agent.ConnectAsync();
        var again = await agent.ReceiveAsync("PayloadMessage");

        Assert.Equal(lost.ToJsonString(), again.ToJsonString());
        Assert.Equal(2, manifest["tasks"]!.AsArray().Count);
        Assert.True((long)manifest["timeline"]! > (long)lost["seqNum"]!);
    }

    [Fact]
    public async Task Payload_OfATaskThatStopped_DoesNotComeAgain()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        await controlPlane.RunAsync(count: 2);
        var payload = await agent.ReceiveAsync("PayloadMessage");
        await agent.SubmitAsync((string)payload["tasks"]![0]!["arn"]!, "STOPPED");

        agent.Acs.Abort();
        var manifest = await agent.ConnectAsync();
        var again = await agent.ReceiveAsync("PayloadMessage");

        Assert.Equal((string)payload["tasks"]![1]!["arn"]!, (string)Assert.Single(again["tasks"]!.AsArray())!["arn"]!);
        Assert.Single(manifest["tasks"]!.AsArray());
    }

    [Fact]
    public async Task Stop_BeforeTheStartWasAcknowledged_IsWhatIsSentAgain()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        var arn = (string)(await controlPlane.RunAsync())["tasks"]![0]!["taskArn"]!;
        await agent.ReceiveAsync("PayloadMessage");
        await controlPlane.OkAsync("StopTask", $$"""{"task":"{{arn}}"}""");
        await agent.ReceiveAsync("PayloadMessage");

        agent.Acs.Abort();
        await agent.ConnectAsync();

        Assert.Equal("STOPPED", (string)(await agent.ReceiveAsync("PayloadMessage"))["tasks"]![0]!["desiredStatus"]!);
        Assert.Equal("STOPPED", (string)(await agent.ReceiveAsync("PayloadMessage"))["tasks"]![0]!["desiredStatus"]!);
    }

    [Fact]
    public async Task NewConnection_WhileTheOldOneLingers_SpeaksForTheInstance()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        using var old = agent.Acs;

        await agent.ConnectAsync();
        await controlPlane.RunAsync();

        await agent.ReceiveAsync("PayloadMessage");
        await Assert.ThrowsAsync<WebSocketException>(() => TestAgent.ReceiveAsync(old, "PayloadMessage"));
        Assert.True(Describe(controlPlane, agent).AgentConnected);
    }

    [Fact]
    public async Task StopCandidates_InFragments_AreVerified()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        const string orphan = "arn:aws:ecs:us-east-1:000000000000:task/default/00000000000000000000000000000099";
        var text = $$"""
            {"type":"TaskStopVerificationMessage","message":{"messageId":"mf","stopCandidates":[
             {"taskArn":"{{orphan}}","desiredStatus":"STOPPED"},
             {"taskArn":"arn:::::/service-connect-relay-1","desiredStatus":"STOPPED"}]} }
            """;

        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var start in Enumerable.Range(0, (bytes.Length / 50) + 1).Select(part => part * 50))
        {
            var end = Math.Min(start + 50, bytes.Length);
            await agent.Acs.SendAsync(bytes.AsMemory(start..end), WebSocketMessageType.Text, end == bytes.Length, ControlPlaneFixture.Soon);
        }

        var ack = await agent.ReceiveAsync("TaskStopVerificationAck");
        Assert.Equal("mf", (string)ack["messageId"]!);
        Assert.Equal(orphan, (string)Assert.Single(ack["stopTasks"]!.AsArray())!["taskArn"]!);
    }

    [Fact]
    public async Task Heartbeats_ComeAtTheIntervalWithDistinctIds()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();

        controlPlane.Time.Advance(TimeSpan.FromSeconds(30));
        var first = await agent.ReceiveAsync("HeartbeatMessage");
        controlPlane.Time.Advance(TimeSpan.FromSeconds(30));
        var second = await agent.ReceiveAsync("HeartbeatMessage");

        Assert.True((bool)first["healthy"]!);
        Assert.NotEqual((string)first["messageId"]!, (string)second["messageId"]!);
    }

    [Fact]
    public async Task Agent_ThatAnswersNoHeartbeat_IsGivenUp()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();

        controlPlane.Time.Advance(TimeSpan.FromSeconds(121));
        await UntilAsync(controlPlane, agent, connected: false);

        Assert.False(Describe(controlPlane, agent).AgentConnected);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"type":"AckRequest"}""")]
    [InlineData("""{"type":"AckRequest","message":{"messageId":5}}""")]
    [InlineData("""{"type":"Unheard","message":{}}""")]
    [InlineData("")]
    public async Task Message_ThatMakesNoSense_EndsNothing(string text)
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();

        await TestAgent.SendAsync(agent.Acs, text);
        controlPlane.Time.Advance(TimeSpan.FromSeconds(30));

        await agent.ReceiveAsync("HeartbeatMessage");
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure)]
    [InlineData(WebSocketCloseStatus.InternalServerError)]
    public async Task CloseFrame_IsEchoedWithItsStatus(WebSocketCloseStatus status)
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();

        await agent.Acs.CloseAsync(status, "ConnectionExpired: Reconnect to continue", ControlPlaneFixture.Soon);

        Assert.Equal((status, WebSocketState.Closed), (agent.Acs.CloseStatus, agent.Acs.State));
        await UntilAsync(controlPlane, agent, connected: false);
    }

    [Theory]
    [InlineData(
        "clusterArn=default&containerInstanceArn=arn:aws:ecs:us-east-1:000000000000:container-instance/default/0",
        "InactiveInstanceException")]
    [InlineData("clusterArn=default", "InactiveInstanceException")]
    [InlineData("clusterArn=none&containerInstanceArn=x", "InvalidClusterException")]
    public async Task Handshake_OfSomebodyUnknown_IsRefusedWithATypedBody(string query, string type)
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        controlPlane.Server.Api.CreateCluster(new CreateClusterRequest());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(controlPlane.Server.Endpoint, "acs/ws?" + query));
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

        using var response = await controlPlane.Http.SendAsync(request, ControlPlaneFixture.Soon);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(ControlPlaneFixture.Soon))!.AsObject();

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(type, Assert.Single(body).Key);
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task ControlPlane_WaitsForConnectedInstances()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();

        var waiting = controlPlane.Server.WaitForConnectedInstancesAsync(cluster: null, count: 2, ControlPlaneFixture.Soon);
        await using var one = await controlPlane.ConnectAgentAsync(token: "1");
        Assert.False(waiting.IsCompleted);
        await using var two = await controlPlane.ConnectAgentAsync(token: "2");

        await waiting;
    }

    [Fact]
    public async Task ControlPlane_WhenItEnds_DropsItsAgents()
    {
        var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();

        await controlPlane.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => agent.ReceiveAsync("HeartbeatMessage"));
    }

    [Fact]
    public async Task ControlPlane_OnATakenPort_SaysSo()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        var options = new LocalControlPlaneOptions { Port = controlPlane.Server.Endpoint.Port };

        var problem = await Assert.ThrowsAsync<IOException>(() => LocalControlPlaneServer.StartAsync(
            options, NullLoggerFactory.Instance, controlPlane.Time, new SampleIds().Next, ControlPlaneFixture.Soon));

        Assert.Contains($"127.0.0.1:{options.Port}", problem.Message, StringComparison.Ordinal);
    }

    private static ContainerInstanceDescription Describe(ControlPlaneFixture controlPlane, TestAgent agent)
    {
        var request = new DescribeContainerInstancesRequest { ContainerInstances = [agent.Arn] };
        return controlPlane.Server.Api.DescribeContainerInstances(request).ContainerInstances![0];
    }

    // The server learns of the end of a connection from the network, so a test has to look until it has.
    private static async Task UntilAsync(ControlPlaneFixture controlPlane, TestAgent agent, bool connected)
    {
        var soon = ControlPlaneFixture.Soon;
        while (Describe(controlPlane, agent).AgentConnected != connected)
        {
            soon.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
