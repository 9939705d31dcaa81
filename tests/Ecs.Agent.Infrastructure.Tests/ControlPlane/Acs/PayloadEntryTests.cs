using System.Text.RegularExpressions;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Testing;
using static Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs.PayloadAgent;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

/// <summary>What becomes of each kind of entry of a payload: whether it is acknowledged, and what the control plane is told.</summary>
public sealed class PayloadEntryTests
{
    private const string Unrecognized = "UnrecogniedTaskError: Error loading task - ";
    private const string App = """{"name":"a","image":"repo/a:1","essential":true}""";

    /// <summary>Members of the task besides its ARN; its reason; whether the payload is acknowledged; whether its containers are told.</summary>
    public static TheoryData<string, string, bool, bool> Unrunnable { get; } = new()
    {
        { $$"""  "desiredStatus":"SLEEPING","containers":[{{App}}] """, Unrecognized + "Unrecognized TaskStatus", false, false },
        {
            $$"""  "desiredStatus":"RUNNING","volumes":[{"name":"v","type":"ebs"}],"containers":[{{App}}] """,
            Unrecognized + "unrecognized volume type: \"ebs\"", false, false
        },
        {
            $$"""  "desiredStatus":"RUNNING","volumes":[{"name":"v","type":"host"}],"containers":[{{App}}] """,
            Unrecognized + "invalid volume: empty volume configuration", false, false
        },
        {
            """  "desiredStatus":"RUNNING","containers":[] """,
            Unrecognized + "containers: a task needs at least one container", false, false
        },
        {
            """  "desiredStatus":"RUNNING" """,
            Unrecognized + "containers: a task needs at least one container", false, false
        },
        {
            $$"""  "desiredStatus":"RUNNING","containers":[{{App}},null] """,
            Unrecognized + "containers: an entry is null", false, false
        },
        {
            """  "desiredStatus":"RUNNING","containers":[{"name":"a","image":"i","portMappings":[{"containerPort":1,"protocol":"sctp"}]}] """,
            Unrecognized + "sctp is not a recognized transport protocol", false, false
        },
        {
            """  "desiredStatus":"RUNNING","containers":[{"name":"a","image":"i","links":["db"]}] """,
            $"resource cannot be initialized for task {Arn(1)}: could not find container with name db", true, false
        },
        {
            """  "desiredStatus":"RUNNING","containers":[{"name":"a","image":"i","links":["a:b:c"]}] """,
            $"resource cannot be initialized for task {Arn(1)}: Invalid link format", true, false
        },
        {
            """  "desiredStatus":"RUNNING","containers":[{"name":"a","image":"i","links":["x"],"volumesFrom":[{"sourceContainer":"data"}]}] """,
            $"resource cannot be initialized for task {Arn(1)}: could not find container with name data", true, false
        },
        {
            $$"""  "desiredStatus":"RUNNING","associations":[{"type":"gpu","name":"GPU-a","containers":["a","b"]}],"containers":[{{App}}] """,
            $"resource cannot be initialized for task {Arn(1)}: could not associate multiple containers to GPU GPU-a", true, false
        },
        {
            $$"""  "desiredStatus":"RUNNING","associations":[{"type":"gpu","name":"GPU-a","containers":["b"]}],"containers":[{{App}}] """,
            $"resource cannot be initialized for task {Arn(1)}: could not find container with name b for associating GPU GPU-a", true, false
        },
        {
            $$"""  "desiredStatus":"RUNNING","associations":[{"type":"gpu","name":"GPU-b","containers":["a"]}],"containers":[{{App}}] """,
            "task gpu GPU-b not found in host gpus", true, true
        },
        {
            """  "desiredStatus":"RUNNING","containers":[{"name":"a","image":"i","dependsOn":[{"containerName":"a","condition":"START"}]}] """,
            $"Task dependencies cannot be resolved, taskArn: {Arn(1)}", true, false
        },
        {
            """  "desiredStatus":"RUNNING","containers":[{"name":"a","image":"i","dependsOn":[{"containerName":"x","condition":"START"}]}] """,
            $"Task dependencies cannot be resolved, taskArn: {Arn(1)}", true, false
        },
        {
            """
            "desiredStatus":"RUNNING","containers":[{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"HEALTHY"}]},
            {"name":"b","image":"i","healthCheckType":"DOCKER"}]
            """,
            $"Task dependencies cannot be resolved, taskArn: {Arn(1)}", true, false
        },
        { $$"""  "desiredStatus":"STOPPED","containers":[{{App}}] """, "", true, true },
        { $$"""  "desiredStatus":"DEAD","containers":[{{App}}] """, "", true, true },
        { """  "desiredStatus":"STOPPED","containers":[] """, "", true, false },
    };

    [Theory]
    [MemberData(nameof(Unrunnable))]
    public async Task Task_ThatCannotRun_IsToldOnceAndTheOthersRun(string members, string reason, bool acknowledged, bool tellsContainers)
    {
        await using var agent = await StartAsync();

        await agent.ReceiveAsync($$"""{"arn":"{{Arn(1)}}",{{members}}}""", Runnable(2));
        await agent.UntilReportedAsync(ReportedStatus.Stopped, 1);
        await agent.UntilReportedAsync(ReportedStatus.Running, 2);

        var report = Assert.Single(agent.ControlPlane.ReportsOf(Arn(1)));
        Assert.Equal((reason, null, null), (report.Reason, report.PullStartedAt, report.PullStoppedAt));
        Assert.Equal(tellsContainers, report.ExecutionStoppedAt is not null);
        Assert.Equal(
            tellsContainers ? [new ContainerStateReport { ContainerName = "a", Status = ReportedStatus.Stopped }] : [], report.Containers);
        Assert.Equal(acknowledged ? ["ack c i p"] : [], agent.Replies.Said);
        Assert.Single(agent.Runtime.Containers);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"desiredStatus":"RUNNING","containers":[{"name":"a","image":"i"}]}""")]
    [InlineData("""{"arn":"","desiredStatus":"RUNNING","containers":[{"name":"a","image":"i"}]}""")]
    [InlineData("""{"desiredStatus":"STOPPED","containers":[{"name":"a","image":"i"}]}""")]
    [InlineData("""{"desiredStatus":"SLEEPING","containers":[]}""")]
    public async Task Entry_ThatNamesNoTask_IsLeftOutAndThePayloadNotAcknowledged(string entry)
    {
        await using var agent = await StartAsync();

        await agent.ReceiveAsync(entry, Runnable(2));
        await agent.UntilReportedAsync(ReportedStatus.Running, 2);

        Assert.Equal([Arn(2)], agent.Tasks.All().Select(task => task.Arn));
        Assert.All(agent.ControlPlane.Attempts, report => Assert.Equal(Arn(2), report.TaskArn));
        Assert.Empty(agent.Replies.Said);
    }

    [Theory]
    [InlineData("messageId")]
    [InlineData("clusterArn")]
    [InlineData("containerInstanceArn")]
    public async Task Payload_WithAnEmptyRequiredMember_IsNotEvenLookedAt(string member)
    {
        await using var agent = await StartAsync();

        var frame = """{"type":"PayloadMessage","message":{"messageId":"p","clusterArn":"c","containerInstanceArn":"i","tasks":[TASK]}}""";
        await agent.ReceiveFrameAsync(Regex.Replace(frame, $"(\"{member}\":)\"[a-z]\"", "$1\"\"").Replace("TASK", Runnable(1)));

        Assert.Empty(agent.Tasks.All());
        Assert.Empty(agent.Replies.Said);
    }

    [Fact]
    public async Task Payload_DeliveredAgainAtAnyTime_IsAcknowledgedAndDoesNothing()
    {
        await using var agent = await StartAsync();

        await agent.ReceiveAsync(Runnable(1));
        await agent.ReceiveAsync(Runnable(1), Runnable(1));
        await agent.UntilReportedAsync(ReportedStatus.Running);
        await agent.ReceiveAsync(Runnable(1, "other"));
        await agent.ReceiveAsync(Runnable(1, status: "STOPPED"));
        await agent.ReceiveAsync(Runnable(1, status: "STOPPED"));
        await agent.UntilReportedAsync(ReportedStatus.Stopped);
        await agent.ReceiveAsync(Runnable(1));
        await agent.ReceiveAsync(Runnable(1, status: "STOPPED"));

        Assert.Equal(Enumerable.Repeat("ack c i p", 7), agent.Replies.Said);
        Assert.Single(agent.Runtime.Calls, call => call.Operation == RuntimeOperation.CreateContainer);
        Assert.Single(agent.Runtime.Calls, call => call.Operation == RuntimeOperation.StartContainer);
        Assert.Single(agent.Runtime.Calls, call => call.Operation == RuntimeOperation.StopContainer);
        Assert.Equal(
            [ReportedStatus.Pending, ReportedStatus.Running, ReportedStatus.Stopped],
            agent.ControlPlane.Attempts.Select(report => report.Status));
    }

    [Fact]
    public async Task Payload_RejectedEntryDeliveredAgain_IsToldOnceAndNeverAcknowledged()
    {
        await using var agent = await StartAsync();
        var bad = $$"""{"arn":"{{Arn(1)}}","desiredStatus":"SLEEPING","containers":[{{App}}]}""";

        await agent.ReceiveAsync(bad);
        await agent.UntilReportedAsync(ReportedStatus.Stopped);
        await agent.ReceiveAsync(bad);
        await agent.ReceiveAsync(Runnable(2));
        await agent.UntilReportedAsync(ReportedStatus.Running, 2);

        Assert.Single(agent.ControlPlane.ReportsOf(Arn(1)));
        Assert.Equal(["ack c i p"], agent.Replies.Said);
    }

    [Fact]
    public async Task Payload_WithAStopBehindAStart_StopsFirst()
    {
        await using var agent = await StartAsync();
        const string port = ""","portMappings":[{"containerPort":80,"hostPort":80}]""";
        await agent.ReceiveAsync(Runnable(1, more: port));
        await agent.UntilReportedAsync(ReportedStatus.Running, 1);

        await agent.ReceiveAsync(Runnable(2, more: port), Runnable(1, status: "STOPPED", more: port));
        await agent.UntilReportedAsync(ReportedStatus.Running, 2);

        Assert.Equal(
            [(1, ReportedStatus.Stopped), (2, ReportedStatus.Pending)],
            agent.ControlPlane.Reports.Select(report => (report.TaskArn == Arn(1) ? 1 : 2, report.Status)).Skip(2).Take(2));
    }

    [Fact]
    public async Task Payload_WithAStartAndItsOwnStop_IsNeverStarted()
    {
        await using var agent = await StartAsync();

        await agent.ReceiveAsync(Runnable(1), Runnable(1, status: "STOPPED"));
        await agent.UntilReportedAsync(ReportedStatus.Stopped);

        Assert.Empty(agent.Runtime.Calls);
        Assert.Equal(["ack c i p"], agent.Replies.Said);
    }

    [Fact]
    public async Task Gpu_OfAnotherTask_IsWaitedFor()
    {
        await using var agent = await StartAsync();
        const string gpu = ""","associations":[{"type":"gpu","name":"GPU-a","containers":["a"]}]""";
        await agent.ReceiveAsync(Runnable(1, onTask: gpu), Runnable(2, onTask: gpu), Runnable(3));
        await agent.UntilReportedAsync(ReportedStatus.Running, 1);
        Assert.Equal(["GPU-a"], Assert.Single(agent.Tasks.Find(Arn(1))!.Containers).Definition.GpuIds);

        await agent.ReceiveAsync(Runnable(1, status: "STOPPED"));
        await agent.UntilReportedAsync(ReportedStatus.Running, 2);
        await agent.UntilReportedAsync(ReportedStatus.Running, 3);

        var order = agent.ControlPlane.Reports.Select(report => (report.TaskArn, report.Status)).ToList();
        Assert.True(order.IndexOf((Arn(1), ReportedStatus.Stopped)) < order.IndexOf((Arn(2), ReportedStatus.Pending)));
    }

    private static string Runnable(int task, string container = "a", string status = "RUNNING", string more = "", string onTask = "") =>
        $$"""
        {"arn":"{{Arn(task)}}","desiredStatus":"{{status}}","family":"f","version":"1"{{onTask}},
         "containers":[{"name":"{{container}}","image":"repo/a:1","essential":true{{more}}}]}
        """;
}
