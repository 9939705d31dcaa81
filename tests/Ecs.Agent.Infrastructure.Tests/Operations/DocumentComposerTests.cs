using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Operations;
using Ecs.Agent.Infrastructure.Operations.Wire;
using static Ecs.Agent.Infrastructure.Tests.Operations.SocketScene;

namespace Ecs.Agent.Infrastructure.Tests.Operations;

/// <summary>The names on the wire, which programs go by.</summary>
public sealed class DocumentComposerTests
{
    private static readonly StopAttempt Attempt = new(T0, TimeSpan.FromSeconds(10));

    public static TheoryData<Wait, string> Waits { get; } = new()
    {
        {
            new Wait.Dependency(T0, "db", DependencyCondition.Healthy, T0.AddSeconds(60)),
            """{"kind":"dependency","since":"2026-01-01T00:00:00+00:00","deadline":"2026-01-01T00:01:00+00:00","containers":["db"],"condition":"HEALTHY"}"""
        },
        { new Wait.Dependants(null, ["app"]), """{"kind":"dependants","containers":["app"]}""" },
        {
            new Wait.HostResources(null, new HostResourceNeed(), [new HostShortage(HostResourceKind.Memory, 3, 1, 4, [new HostShare("t", 2)])], 2, ["a"]),
            """{"kind":"hostResources","resources":[{"kind":"MEMORY","wanted":3,"free":1,"total":4,"heldBy":[{"taskArn":"t","amount":2}]}],"place":2,"ahead":["a"]}"""
        },
        { new Wait.Registration(null), """{"kind":"registration"}""" },
        {
            new Wait.ImagePull(null, "img", new PullState("img", null, [], 3, 1, 2)),
            """{"kind":"imagePull","place":3,"image":"img","downloadedBytes":1,"totalBytes":2}"""
        },
        { new Wait.ImagePull(null, "img", null), """{"kind":"imagePull","image":"img"}""" },
        { new Wait.Resource(null, "volume data"), """{"kind":"resource","resource":"volume data"}""" },
        { new Wait.Credentials(null, "puller"), """{"kind":"credentials","role":"puller"}""" },
        { new Wait.StopSignal(null, T0), """{"kind":"stopSignal","deadline":"2026-01-01T00:00:00+00:00"}""" },
        { new Wait.Step(null, TaskStepKind.CreateContainer), """{"kind":"step","step":"CreateContainer"}""" },
        { new Wait.CleanUp(null, T0), """{"kind":"cleanUp","deadline":"2026-01-01T00:00:00+00:00"}""" },
    };

    public static TheoryData<ContainerEnd, string> Ends { get; } = new()
    {
        { Exited(3, StopResponse.None.Instance), """{"kind":"exited","exitCode":3}""" },
        {
            Exited(137, new StopResponse.Killed(Attempt)),
            """{"kind":"exited","exitCode":137,"signal":"SIGKILL","stopResponse":"killed","stopSignalAt":"2026-01-01T00:00:00+00:00","graceSeconds":10}"""
        },
        {
            Exited(0, new StopResponse.Heeded(Attempt, TimeSpan.FromSeconds(1))),
            """{"kind":"exited","exitCode":0,"stopResponse":"heeded","stopSignalAt":"2026-01-01T00:00:00+00:00","graceSeconds":10}"""
        },
        { Exited(0, StopResponse.Unseen.Instance), """{"kind":"exited","exitCode":0,"stopResponse":"unseen"}""" },
        { new ContainerEnd.OutOfMemory(T0, 137), """{"kind":"outOfMemory","exitCode":137,"signal":"SIGKILL"}""" },
        { new ContainerEnd.Vanished(T0), """{"kind":"vanished"}""" },
        {
            new ContainerEnd.GivenUp(T0, new("db", DependencyCondition.Success), TimedOut: false, new("E", "text")),
            """{"kind":"givenUp","reason":"E: text","dependency":"db","condition":"SUCCESS","timedOut":false}"""
        },
        { new ContainerEnd.NotStarted(T0, LaunchStage.Image, new("E", "text")), """{"kind":"imageFailed","reason":"E: text"}""" },
        { new ContainerEnd.NotStarted(T0, LaunchStage.Creation, new("E", "text")), """{"kind":"creationFailed","reason":"E: text"}""" },
        { new ContainerEnd.NotStarted(T0, LaunchStage.Start, new("E", "text")), """{"kind":"startFailed","reason":"E: text"}""" },
        { new ContainerEnd.NeverStarted(T0), """{"kind":"neverStarted"}""" },
    };

    public static TheoryData<StopCause?, string> Causes { get; } = new()
    {
        { new StopCause.Requested(T0), "requested" },
        { new StopCause.EssentialContainer(T0, "app"), "essentialContainer" },
        { new StopCause.Image(T0, "app"), "image" },
        { new StopCause.Resource(T0, "volume data"), "resource" },
        { new StopCause.HostResources(T0), "hostResources" },
        { new StopCause.Refused(T0), "refused" },
        { null, "allEnded" },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public void Wait_OnTheWire_HasItsMembers(Wait wait, string expected)
    {
        var json = Json(Task("t") with { Waits = [wait], Containers = [App()] })["waits"]![0]!.AsObject();

        Assert.NotEqual("", (string?)json["text"]);
        json.Remove("text");
        Assert.Equal(expected, json.ToJsonString(Relaxed));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void End_OnTheWire_HasItsMembers(ContainerEnd end, string expected)
    {
        var json = Json(Task("t") with { Containers = [App() with { End = end }] })["containers"]![0]!["end"]!.AsObject();

        Assert.NotEqual("", (string?)json["text"]);
        Assert.Equal("2026-01-01T00:00:00+00:00", (string?)json["at"]);
        json.Remove("text");
        json.Remove("at");
        Assert.Equal(expected, json.ToJsonString(Relaxed));
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void Stop_OnTheWire_NamesItsCause(StopCause? cause, string expected)
    {
        var stop = new StopStory(cause, "why", ["app"], ["app"]);
        var json = Json(Task("t") with { Stop = stop, Containers = [App()] })["stop"]!;

        Assert.Equal(expected, (string?)json["cause"]);
        Assert.Equal(cause is null ? null : "2026-01-01T00:00:00+00:00", (string?)json["at"]);
        Assert.Equal("""["app"]""", json["culprits"]!.ToJsonString());
        Assert.Equal(2, json["text"]!.AsArray().Count);
    }

    [Fact]
    public void Task_OnTheWire_HasItsMembers()
    {
        var tail = new LogTail("app", [new ContainerLogLine("out", false), new ContainerLogLine("err", true)], Problem: null);
        var json = Json(Task("t") with { Containers = [App()] }, tail);

        Assert.Equal(
            ["agent", "taskArn", "family", "revision", "desiredStatus", "knownStatus", "knownSince", "sentStatus", "explainedAt", "text", "why", "waits", "containers"],
            json.Select(member => member.Key));
        Assert.Equal(
            """
            [{"name":"app","image":"repo/app:1","essential":true,"dockerName":"ecs-web-3-app-1","runtimeId":"abc","desiredStatus":"RUNNING",
            "knownStatus":"MANIFEST_PULLED","knownSince":"2026-01-01T00:00:00+00:00","health":"UNKNOWN","restartCount":2,
            "text":"MANIFEST_PULLED since 00:00:00 UTC (5 s), restarted 2 times","trouble":"E: text","waits":[],
            "log":{"lines":[{"stream":"stdout","text":"out"},{"stream":"stderr","text":"err"}]}}]
            """.ReplaceLineEndings(""),
            json["containers"]!.ToJsonString(Relaxed));
    }

    [Fact]
    public void LogLines_InAToString_DoNotAppear()
    {
        var log = new LogDocument([new LogLineDocument("stdout", "hunter2")], Problem: null);

        Assert.DoesNotContain("hunter2", $"{log} {log.Lines[0]}", StringComparison.Ordinal);
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonObject Json(TaskExplanation task, params ImmutableArray<LogTail> tails) => JsonSerializer.SerializeToNode(
        DocumentComposer.Compose(new AgentDocument(1, "default"), task, tails), OperationsJson.Default.TaskDocument)!.AsObject();

    private static ContainerEnd.Exited Exited(int exitCode, StopResponse response) => new(T0, exitCode, response, Error: null);

    private static ContainerExplanation App() => new()
    {
        Name = "app",
        Image = "repo/app:1",
        Essential = true,
        DockerName = "ecs-web-3-app-1",
        RuntimeId = "abc",
        Desired = ContainerStatus.Running,
        Known = ContainerStatus.ManifestPulled,
        KnownSince = T0,
        Health = HealthStatus.Unknown,
        RestartCount = 2,
        Trouble = new ContainerError("E", "text"),
    };
}
