using System.Net.WebSockets;

namespace Ecs.Agent.LocalControlPlane.Tests.Server;

public sealed class TcsTests
{
    private const string SignedHeaders =
        "Authorization: AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host;x-amz-date, Signature=5f\r\n"
        + "Host: 127.0.0.1\r\nX-Amz-Date: 20310501T101500Z\r\n\r\n";

    [Theory]
    [InlineData(
        "PublishMetricsRequest", """{"metadata":{"idle":true,"fin":true,"messageId":"m"},"timestamp":1935742500.25}""", "AckPublishMetric")]
    [InlineData("PublishHealthRequest", """{"metadata":{"fin":true},"tasks":[],"timestamp":1935742500}""", "AckPublishHealth")]
    [InlineData("PublishInstanceStatusRequest", """{"metadata":{"requestId":"r"},"statuses":[]}""", "AckPublishInstanceStatus")]
    public async Task SignedMessage_IsAcknowledgedByItsKind(string type, string message, string ack)
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        using var telemetry = await agent.ConnectTelemetryAsync();

        await TestAgent.SendAsync(telemetry, $$"""{{SignedHeaders}}{"type":"{{type}}","message":{{message}}}""");

        await TestAgent.ReceiveAsync(telemetry, ack);
    }

    [Fact]
    public async Task Health_OfContainers_ShowsInTheTask()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        var arn = (string)(await controlPlane.RunAsync())["tasks"]![0]!["taskArn"]!;
        using var telemetry = await agent.ConnectTelemetryAsync();

        await TestAgent.SendAsync(
            telemetry,
            SignedHeaders + $$$"""
                {"type":"PublishHealthRequest","message":{"tasks":[{"taskArn":"{{{arn}}}",
                 "containers":[{"containerName":"app","healthStatus":"HEALTHY","statusSince":1}]}]}}
                """);
        await TestAgent.ReceiveAsync(telemetry, "AckPublishHealth");

        var task = (await controlPlane.OkAsync("DescribeTasks", $$"""{"tasks":["{{arn}}"]}"""))["tasks"]![0]!;
        Assert.Equal("HEALTHY", (string)task["healthStatus"]!);
        Assert.Equal("HEALTHY", (string)task["containers"]![0]!["healthStatus"]!);
        Assert.Equal("UNKNOWN", (string)task["containers"]![1]!["healthStatus"]!);
    }

    [Fact]
    public async Task Heartbeats_ComeAndCloseIsEchoed()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        using var telemetry = await agent.ConnectTelemetryAsync();
        await TestAgent.SendAsync(telemetry, """{"type":"PublishMetricsRequest","message":{}}""");
        await TestAgent.ReceiveAsync(telemetry, "AckPublishMetric");

        controlPlane.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((bool)(await TestAgent.ReceiveAsync(telemetry, "HeartbeatMessage"))["healthy"]!);
        await telemetry.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ControlPlaneFixture.Soon);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, telemetry.CloseStatus);
    }
}
