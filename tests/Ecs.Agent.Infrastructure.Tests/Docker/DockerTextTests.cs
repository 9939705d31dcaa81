using System.Text.Json;
using Docker.DotNet.Models;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Docker.Wire;
using Ecs.Agent.Infrastructure.Durations;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class DockerTextTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "1ms")]
    [InlineData(1500, "1.5s")]
    [InlineData(30_000, "30s")]
    [InlineData(60_000, "1m0s")]
    [InlineData(150_000, "2m30s")]
    [InlineData(240_000, "4m0s")]
    [InlineData(7_200_000, "2h0m0s")]
    [InlineData(90_061_000, "25h1m1s")]
    [InlineData(-1500, "-1.5s")]
    public void GoDuration_Milliseconds_ReadAsGoWritesThem(int milliseconds, string text) =>
        Assert.Equal(text, GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData("denied: User: arn:x is not authorized to perform: ecr:BatchGetImage on resource r", "Check that the role has the permissions to pull images from the registry. ")]
    [InlineData("pull access denied: denied: requested access to the resource is denied", "Check whether the image exists. ")]
    [InlineData("net/http: request canceled while waiting for connection (Client.Timeout)", "Check your network configuration. ")]
    public void Explain_KnownPattern_PutsTheAdviceInFront(string message, string advice) =>
        Assert.Equal("The task can\u2019t pull the image. " + advice + message, PullErrorText.Explain("app", message));

    [Fact]
    public void Explain_TwoPatterns_GivesTheFirstAdviceOnly() => Assert.Equal(
        "The task can\u2019t pull the image. Check whether the image exists. "
        + "denied: requested access to the resource is denied; request canceled while waiting for connection",
        PullErrorText.Explain("app", "denied: requested access to the resource is denied; request canceled while waiting for connection"));

    [Theory]
    [InlineData("Get \"https://prod-us-east-1-starport-layer-bucket.s3.amazonaws.com/x?X-Amz-Signature=s\": EOF", "Get REDACTED ECR URL related to app:1 EOF")]
    [InlineData("a https://x-starport-layer-bucket.y/z?sig b", "a REDACTED ECR URL related to app:1 b")]
    [InlineData("Get \"https://registry.example/v2/\": EOF", "Get \"https://registry.example/v2/\": EOF")]
    public void Explain_SignedLayerUrl_IsRedacted(string message, string expected) =>
        Assert.Equal(expected, PullErrorText.Explain("app:1", message));

    [Theory]
    [InlineData("manifest unknown", RuntimeFailureKind.Temporary, RuntimeFailureKind.NotFound)]
    [InlineData("manifest for a:b not found: manifest unknown: x", RuntimeFailureKind.Temporary, RuntimeFailureKind.NotFound)]
    [InlineData("denied: denied", RuntimeFailureKind.Temporary, RuntimeFailureKind.Permanent)]
    [InlineData("unauthorized: unauthorized", RuntimeFailureKind.Temporary, RuntimeFailureKind.Permanent)]
    [InlineData("Get \"http://h/v2/\": dial tcp 1.2.3.4:5: connect: connection refused", RuntimeFailureKind.Temporary, RuntimeFailureKind.Temporary)]
    [InlineData("received unexpected HTTP status: 503 Service Unavailable", RuntimeFailureKind.Temporary, RuntimeFailureKind.Temporary)]
    [InlineData("anything", RuntimeFailureKind.Unreachable, RuntimeFailureKind.Unreachable)]
    [InlineData("anything", RuntimeFailureKind.NotFound, RuntimeFailureKind.NotFound)]
    public void Classify_Message_SaysWhetherToTryAgain(string message, RuntimeFailureKind byStatus, RuntimeFailureKind expected) =>
        Assert.Equal(expected, PullErrorText.Classify(message, byStatus));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 30)]
    [InlineData(5, 2430)]
    [InlineData(6, 5000)]
    [InlineData(60, 5000)]
    public void Wait_Retry_GrowsToTheCeiling(int retry, double milliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(milliseconds),
        DockerRetries.Wait(retry, TimeSpan.FromMilliseconds(10), growth: 3, TimeSpan.FromSeconds(5), jitter: 0.2, random: 0));

    [Fact]
    public void Wait_Jitter_AddsAtMostItsShare() => Assert.Equal(
        TimeSpan.FromMilliseconds(1100),
        DockerRetries.Wait(0, TimeSpan.FromSeconds(1), growth: 2, TimeSpan.FromSeconds(5), jitter: 0.2, random: 0.5));

    [Theory]
    [InlineData("1.41", "1.12", "1.41", "1.17", 25)]
    [InlineData("1.51", "1.24", "1.51", "1.17", 28)]
    [InlineData("1.60", "1.44", "1.51", "1.17", 28)]
    [InlineData("1.25", "1.19", "1.25", "1.19", 7)]
    [InlineData("1.22", null, "1.22", "1.17", 6)]
    public void ApiVersion_DaemonRange_IsNegotiatedAndAdvertised(string highest, string? lowest, string chosen, string first, int count)
    {
        var answer = new VersionAnswer("x", highest, lowest);

        Assert.Equal(chosen, DockerApiVersion.Negotiate(answer).ToString());
        Assert.Equal((first, count), (DockerApiVersion.Advertised(answer)[0], DockerApiVersion.Advertised(answer).Length));
    }

    [Theory]
    [InlineData("1.70", "1.60")]
    [InlineData("1.20", "1.12")]
    [InlineData("", null)]
    public void ApiVersion_NoCommonVersion_IsAPermanentFailure(string highest, string? lowest) => Assert.Equal(
        RuntimeFailureKind.Permanent,
        Assert.Throws<DockerException>(() => DockerApiVersion.Negotiate(new VersionAnswer("x", highest, lowest))).Kind);

    [Theory]
    [InlineData("unix:///var/run/docker.sock", "http://docker")]
    [InlineData("tcp://127.0.0.1:4243", "http://127.0.0.1:4243")]
    [InlineData("tcp://docker.example", "http://docker.example:2375")]
    [InlineData("tcp://[::1]:4243", "http://[::1]:4243")]
    public void Endpoint_DockerHost_IsUnderstood(string host, string authority) =>
        Assert.Equal(authority, DockerEndpoint.From(Options(host)).Authority);

    [Theory]
    [InlineData("unix://")]
    [InlineData("ssh://host")]
    public void Endpoint_DockerHostThatCannotBeUsed_NamesTheSetting(string host) => Assert.StartsWith(
        "DOCKER_HOST " + host,
        Assert.Throws<ArgumentException>(() => DockerEndpoint.From(Options(host))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void PullProgress_Layers_AddUpAndNeverShrink()
    {
        var tracker = new PullProgressTracker();
        JSONMessage[] messages =
        [
            new() { Status = "Pulling from app", ID = "latest" },
            Downloading("a", 10, 100),
            Downloading("b", 5, 50),
            Downloading("a", 8, 100),
            new() { Status = "Extracting", ID = "b", Progress = new JSONProgress { Current = 1, Total = 999 } },
            new() { Status = "Download complete", ID = "a" },
            new() { Status = "Pull complete", ID = "a" },
            new() { Status = "Status: Downloaded newer image" },
        ];

        Assert.Equal(
            [null, new PullProgress(10, 100), new PullProgress(15, 150), null, null, new PullProgress(105, 150), null, null],
            messages.Select(tracker.Apply));
    }

    [Theory]
    [InlineData("die", typeof(RuntimeEvent.Ended))]
    [InlineData("destroy", typeof(RuntimeEvent.Ended))]
    [InlineData("died", typeof(RuntimeEvent.Ended))]
    [InlineData("remove", typeof(RuntimeEvent.Ended))]
    [InlineData("health_status", typeof(RuntimeEvent.Ended))]
    [InlineData("start", typeof(RuntimeEvent.Started))]
    [InlineData("health_status: healthy", typeof(RuntimeEvent.HealthChanged))]
    [InlineData("oom", null)]
    [InlineData("exec_start: sh", null)]
    [InlineData(null, null)]
    public void Translate_Action_SaysWhereToLook(string? action, Type? expected) =>
        Assert.Equal(expected, DockerContainerEvents.Translate(new EventMessage(action, new EventActor("id")))?.GetType());

    [Theory]
    [InlineData(1_767_225_600_123_456_789, "2026-01-01T00:00:00.1234567Z")]
    [InlineData(0, null)]
    public void Translate_Start_SaysWhen(long timeNano, string? expected)
    {
        var line = $$"""{"Action":"start","Actor":{"ID":"id"},"time":1,"timeNano":{{timeNano}}}""";
        var found = DockerContainerEvents.Translate(JsonSerializer.Deserialize(line, DockerJson.Default.EventMessage)!);

        Assert.Equal(new RuntimeEvent.Started("id", expected is null ? null : DateTimeOffset.Parse(expected, null)), found);
    }

    private static JSONMessage Downloading(string layer, long current, long total) =>
        new() { Status = "Downloading", ID = layer, Progress = new JSONProgress { Current = current, Total = total } };

    private static AgentOptions Options(string host) => new() { Region = "us-west-2", DockerHost = new Uri(host) };
}
