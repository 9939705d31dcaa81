using System.Text.Json.Nodes;
using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.Server;

public sealed class TaskLifeTests
{
    [Fact]
    public async Task Task_FromRunToStop_LooksAsInEcs()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();

        var run = (await controlPlane.RunAsync())["tasks"]![0]!;
        var arn = (string)run["taskArn"]!;
        Assert.Matches("^arn:aws:ecs:us-east-1:000000000000:task/default/[0-9a-f]{32}$", arn);
        Assert.Equal(
            "PENDING RUNNING family:web EC2 CONNECTED 128 80",
            Of(run, "lastStatus", "desiredStatus", "group", "launchType", "connectivity", "cpu", "memory"));

        var payload = await agent.ReceiveAsync("PayloadMessage");
        Assert.Equal(arn, (string)payload["tasks"]![0]!["arn"]!);
        await agent.AcknowledgeAsync(payload);
        await agent.SubmitAsync(arn, "RUNNING", """
            ,"pullStartedAt":1777896000.125,"pullStoppedAt":1777896001,"containers":[
             {"containerName":"app","status":"RUNNING","runtimeId":"abc","imageDigest":"sha256:1",
              "networkBindings":[{"bindIP":"0.0.0.0","containerPort":80,"hostPort":32768,"protocol":"tcp"}]},
             {"containerName":"side","status":"RUNNING","runtimeId":"def"}]
            """);

        var running = await DescribeAsync(controlPlane, arn);
        Assert.Equal("RUNNING 1777896000.125", Of(running, "lastStatus", "pullStartedAt"));
        Assert.Equal(
            "abc sha256:1 RUNNING 128 64 UNKNOWN",
            Of(running["containers"]![0]!, "runtimeId", "imageDigest", "lastStatus", "cpu", "memory", "healthStatus"));
        Assert.Equal(32768, (int)running["containers"]![0]!["networkBindings"]![0]!["hostPort"]!);

        var stopping = (await controlPlane.OkAsync("StopTask", $$"""{"task":"{{arn.Split('/')[^1]}}","reason":"enough"}"""))["task"]!;
        Assert.Equal("STOPPING STOPPED UserInitiated enough", Of(stopping, "lastStatus", "desiredStatus", "stopCode", "stoppedReason"));
        var stop = await agent.ReceiveAsync("PayloadMessage");
        Assert.Equal("STOPPED", (string)stop["tasks"]![0]!["desiredStatus"]!);
        Assert.Equal(["app", "side"], stop["tasks"]![0]!["containers"]!.AsArray().Select(container => (string)container!["name"]!));
        Assert.True((int)stop["seqNum"]! > (int)payload["seqNum"]!);

        await agent.SubmitAsync(
            arn,
            "STOPPED",
            ""","executionStoppedAt":1777896060,"containers":[{"containerName":"app","status":"STOPPED","exitCode":143}]""");
        var stopped = await DescribeAsync(controlPlane, arn);
        Assert.Equal(
            "STOPPED UserInitiated enough 1777896060", Of(stopped, "lastStatus", "stopCode", "stoppedReason", "executionStoppedAt"));
        Assert.Equal(143, (int)stopped["containers"]![0]!["exitCode"]!);
    }

    [Fact]
    public async Task Lists_FollowTheDesiredStatus()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        var arn = (string)(await controlPlane.RunAsync())["tasks"]![0]!["taskArn"]!;

        Assert.Single((await controlPlane.OkAsync("ListTasks", """{"family":"web"}"""))["taskArns"]!.AsArray());
        var onInstance = await controlPlane.OkAsync("ListTasks", $$"""{"containerInstance":"{{agent.Arn}}","launchType":"EC2"}""");
        Assert.Single(onInstance["taskArns"]!.AsArray());
        Assert.Empty((await controlPlane.OkAsync("ListTasks", """{"startedBy":"me"}"""))["taskArns"]!.AsArray());
        await agent.SubmitAsync(arn, "STOPPED");

        Assert.Empty((await controlPlane.OkAsync("ListTasks", "{}"))["taskArns"]!.AsArray());
        Assert.Equal(arn, (string)(await controlPlane.OkAsync("ListTasks", """{"desiredStatus":"STOPPED"}"""))["taskArns"]![0]!);
        Assert.Empty((await controlPlane.OkAsync("ListTasks", """{"desiredStatus":"PENDING"}"""))["taskArns"]!.AsArray());
    }

    [Fact]
    public async Task Resources_OfAnInstance_AreTakenAndGivenBack()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync(cpu: 256);
        await controlPlane.RegisterWebAsync();

        var run = await controlPlane.RunAsync(count: 3);

        Assert.Equal(2, run["tasks"]!.AsArray().Count);
        Assert.Equal($"{agent.Arn} RESOURCE:CPU", Of(run["failures"]![0]!, "arn", "reason"));
        Assert.Equal((0, 2), await RemainingAsync());

        await agent.SubmitAsync((string)run["tasks"]![0]!["taskArn"]!, "STOPPED");

        Assert.Equal((128, 1), await RemainingAsync());

        async Task<(int Cpu, int Pending)> RemainingAsync()
        {
            var answer = await controlPlane.OkAsync("DescribeContainerInstances", $$"""{"containerInstances":["{{agent.Arn}}"]}""");
            var instance = answer["containerInstances"]![0]!;
            return ((int)instance["remainingResources"]![0]!["integerValue"]!, (int)instance["pendingTasksCount"]!);
        }
    }

    [Fact]
    public async Task StartTask_OnNamedInstances_PlacesOrSaysWhyNot()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var one = await controlPlane.ConnectAgentAsync(token: "1");
        await using var two = await controlPlane.ConnectAgentAsync(cpu: 64, token: "2");
        await controlPlane.RegisterWebAsync();

        var instances = $"""["{one.Arn}","{two.Arn.Split('/')[^1]}","0000"]""";
        var started = await controlPlane.OkAsync(
            "StartTask", $$"""{"taskDefinition":"web:1","startedBy":"me","containerInstances":{{instances}}}""");

        Assert.Equal($"{one.Arn} me", Of(started["tasks"]![0]!, "containerInstanceArn", "startedBy"));
        Assert.Equal(["RESOURCE:CPU", "MISSING"], started["failures"]!.AsArray().Select(failure => (string)failure!["reason"]!));
    }

    [Fact]
    public async Task RunTask_WithTheSameClientToken_GivesTheSameTasks()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        const string call = """{"taskDefinition":"web","clientToken":"once"}""";

        var first = await controlPlane.OkAsync("RunTask", call);
        var second = await controlPlane.OkAsync("RunTask", call);

        Assert.Equal((string)first["tasks"]![0]!["taskArn"]!, (string)second["tasks"]![0]!["taskArn"]!);
        Assert.Equal(
            "ConflictException",
            (await controlPlane.RefusedAsync("RunTask", """{"taskDefinition":"web","count":2,"clientToken":"once"}""")).Code);
    }

    [Fact]
    public async Task Submission_ForWhatIsUnknown_IsAccepted()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();

        var task = await controlPlane.OkAsync(
            "SubmitTaskStateChange",
            """{"cluster":"gone","task":"","status":"STOPPED","reason":"UnrecogniedTaskError: Error loading task - x"}""");
        var container = await controlPlane.OkAsync("SubmitContainerStateChange", """{"task":"x","containerName":"a","status":"RUNNING"}""");
        var attachment = await controlPlane.OkAsync(
            "SubmitAttachmentStateChanges", """{"attachments":[{"attachmentArn":"a","status":"ATTACHED"}]}""");

        Assert.All([task, container, attachment], answer => Assert.NotNull(answer["acknowledgment"]));
    }

    [Fact]
    public async Task Describe_OfAnUnknownTask_IsAFailure()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await controlPlane.OkAsync("CreateCluster", "{}");

        var answer = await controlPlane.OkAsync("DescribeTasks", """{"tasks":["0123"]}""");

        Assert.Equal("arn:aws:ecs:us-east-1:000000000000:task/default/0123 MISSING", Of(answer["failures"]![0]!, "arn", "reason"));
    }

    [Fact]
    public async Task StoppedTask_AfterItsRetention_IsForgottenWithTheNextRun()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        var arn = (string)(await controlPlane.RunAsync())["tasks"]![0]!["taskArn"]!;
        await agent.SubmitAsync(arn, "STOPPED");

        controlPlane.Server.Api.RunTask(new RunTaskRequest { TaskDefinition = "web" });
        Assert.Empty(controlPlane.Server.Api.DescribeTasks(new DescribeTasksRequest { Tasks = [arn] }).Failures!);

        controlPlane.Time.Advance(TimeSpan.FromHours(1));
        controlPlane.Server.Api.RunTask(new RunTaskRequest { TaskDefinition = "web" });

        Assert.Equal("MISSING", controlPlane.Server.Api.DescribeTasks(new DescribeTasksRequest { Tasks = [arn] }).Failures![0].Reason);
    }

    [Fact]
    public async Task Watch_GivesEveryStateInOrder_AndEndsWithStopped()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await using var agent = await controlPlane.ConnectAgentAsync();
        await controlPlane.RegisterWebAsync();
        var arn = controlPlane.Server.Api.RunTask(new RunTaskRequest { TaskDefinition = "web" }).Tasks![0].TaskArn!;
        await using var watch = controlPlane.Server.Watch(arn, ControlPlaneFixture.Soon).GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal("PENDING", watch.Current.LastStatus);

        await agent.SubmitAsync(arn, "RUNNING");
        await agent.SubmitAsync(arn, "RUNNING");
        await agent.SubmitAsync(
            arn, "RUNNING", ""","containers":[{"containerName":"app","status":"STOPPED","runtimeId":"r","exitCode":0}]""");
        await agent.SubmitAsync(arn, "STOPPED");
        var seen = new List<TaskDescription>();
        while (await watch.MoveNextAsync())
        {
            seen.Add(watch.Current);
        }

        Assert.Equal([(2, "RUNNING"), (3, "STOPPING"), (4, "STOPPED")], seen.Select(task => (task.Version!.Value, task.LastStatus!)));
        Assert.Equal(("EssentialContainerExited", "Essential container in task exited"), (seen[^1].StopCode, seen[^1].StoppedReason));
    }

    [Fact]
    public async Task Watch_OfAnUnknownTask_IsRefused()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();

        var refusal = await Assert.ThrowsAsync<EcsApiException>(
            async () => await controlPlane.Server.Watch("none").GetAsyncEnumerator().MoveNextAsync());

        Assert.Equal("InvalidParameterException", refusal.Code);
    }

    [Fact]
    public async Task Adaptation_OfAnAwsvpcDefinition_HasNotes()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await controlPlane.OkAsync(
            "RegisterTaskDefinition",
            """{"family":"vpc","networkMode":"awsvpc","containerDefinitions":[{"name":"a","image":"busybox","memory":64}]}""");

        Assert.NotEmpty(controlPlane.Server.AdaptationOf("vpc").Notes);
        Assert.Throws<EcsApiException>(() => controlPlane.Server.AdaptationOf("none"));
    }

    private static async Task<JsonNode> DescribeAsync(ControlPlaneFixture controlPlane, string arn) =>
        (await controlPlane.OkAsync("DescribeTasks", $$"""{"tasks":["{{arn}}"]}"""))["tasks"]![0]!;

    private static string Of(JsonNode node, params string[] members) => string.Join(' ', members.Select(member => node[member]));
}
