using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.Tasks;

public sealed class TaskProgressTests
{
    private static readonly DateTimeOffset Later = SampleState.Start.AddSeconds(5);

    [Fact]
    public void Submission_Pending_KeepsTaskPendingAndTakesDigestAndPullTime()
    {
        var task = Submit(
            SampleState.Task(),
            "PENDING",
            new ContainerStateChange { ContainerName = "app", Status = "PENDING", ImageDigest = "sha256:1" });

        Assert.Equal(TaskLifecycle.Pending, task.Status);
        Assert.Equal("sha256:1", task.Containers[0].ImageDigest);
        Assert.Null(task.StartedAt);
        Assert.Equal(2, task.Version);
    }

    [Fact]
    public void Submission_Running_StartsTaskOnce()
    {
        var running = Submit(SampleState.Task(), "RUNNING", Container("app", "RUNNING"), Container("side", "RUNNING"));
        var again = TaskProgress.Apply(running, new SubmitTaskStateChangeRequest { Status = "RUNNING" }, Later.AddSeconds(9));

        Assert.Equal(TaskLifecycle.Running, running.Status);
        Assert.Equal(Later, running.StartedAt);
        Assert.Same(running, again);
    }

    [Fact]
    public void Submission_WithTimes_KeepsThoseOfTheAgent()
    {
        var (pullStart, pullStop, ended) = (Later.AddSeconds(-3), Later.AddSeconds(-2), Later.AddSeconds(-1));

        var task = TaskProgress.Apply(
            SampleState.Task(),
            new SubmitTaskStateChangeRequest
            {
                Status = "STOPPED",
                PullStartedAt = pullStart,
                PullStoppedAt = pullStop,
                ExecutionStoppedAt = ended,
            },
            Later);

        Assert.Equal(
            (pullStart, pullStop, ended, Later), (task.PullStartedAt, task.PullStoppedAt, task.ExecutionStoppedAt, task.StoppedAt));
    }

    [Fact]
    public void Submission_CarryingAContainerSeveralTimes_CountsTheLastEntry()
    {
        var task = Submit(
            SampleState.Task(),
            "RUNNING",
            Container("side", "PENDING"),
            Container("side", "RUNNING"),
            Container("side", "STOPPED") with { ExitCode = 3 });

        Assert.Equal((ContainerLifecycle.Stopped, 3), (task.Containers[1].Status, task.Containers[1].ExitCode));
    }

    [Fact]
    public void Submission_OfAnEarlierState_MovesNothingBack()
    {
        var running = Submit(SampleState.Task(), "RUNNING", Container("app", "RUNNING"));

        var late = Submit(running, "PENDING", Container("app", "PENDING"));

        Assert.Same(running, late);
    }

    [Fact]
    public void Submission_ForAStoppedTask_ChangesNothing()
    {
        var stopped = Submit(SampleState.Task(), "STOPPED");

        Assert.Same(stopped, Submit(stopped, "RUNNING", Container("app", "RUNNING")));
    }

    [Fact]
    public void Submission_NamingAnUnknownContainer_ChangesNothing()
    {
        var task = SampleState.Task();

        Assert.Same(task, Submit(task, "PENDING", Container("ghost", "RUNNING")));
    }

    [Fact]
    public void Submission_RepeatingNetworkBindings_IsNoChange()
    {
        NetworkBinding Binding() => new() { BindIP = "0.0.0.0", ContainerPort = 80, HostPort = 32768, Protocol = "tcp" };
        var change = Container("app", "RUNNING") with { NetworkBindings = [Binding()] };
        var running = Submit(SampleState.Task(), "RUNNING", change);

        Assert.Same(running, Submit(running, "RUNNING", Container("app", "RUNNING") with { NetworkBindings = [Binding()] }));
        Assert.Equal(32768, running.Containers[0].NetworkBindings[0].HostPort);
    }

    [Fact]
    public void Submission_ThatAnEssentialContainerStopped_BeginsStopping()
    {
        var running = Submit(SampleState.Task(), "RUNNING", Container("app", "RUNNING"), Container("side", "RUNNING"));

        var task = Submit(running, "RUNNING", Container("app", "STOPPED") with { RuntimeId = "r", ExitCode = 0 });

        Assert.Equal((TaskLifecycle.Stopping, true, Later), (task.Status, task.StopDesired, task.StoppingAt));
        Assert.Equal((StopCode.EssentialContainerExited, StopReasons.EssentialContainerExited), (task.StopCode, task.StoppedReason));
    }

    [Fact]
    public void Submission_ThatASideContainerStopped_KeepsTaskRunning()
    {
        var running = Submit(SampleState.Task(), "RUNNING", Container("app", "RUNNING"), Container("side", "RUNNING"));

        var task = Submit(running, "RUNNING", Container("side", "STOPPED") with { ExitCode = 1 });

        Assert.Equal((TaskLifecycle.Running, false), (task.Status, task.StopDesired));
    }

    [Fact]
    public void Submission_Stopped_StopsEveryContainer()
    {
        var task = Submit(SampleState.Task(), "STOPPED", Container("app", "STOPPED"));

        Assert.All(task.Containers, container => Assert.Equal(ContainerLifecycle.Stopped, container.Status));
        Assert.Equal((TaskLifecycle.Stopped, true, Later), (task.Status, task.StopDesired, task.StoppingAt));
    }

    [Theory]
    [InlineData(null, "Task stopped by user")]
    [InlineData("", "Task stopped by user")]
    [InlineData("deploying", "deploying")]
    public void StopRequest_WithReason_IsKeptThroughTheEnd(string? given, string expected)
    {
        var running = Submit(SampleState.Task(), "RUNNING", Container("app", "RUNNING"));

        var stopping = TaskProgress.RequestStop(running, given, Later);
        var stopped = Submit(stopping, "STOPPED", Container("app", "STOPPED") with { RuntimeId = "r", ExitCode = 143 });

        Assert.Equal(TaskLifecycle.Stopping, stopping.Status);
        Assert.Equal((StopCode.UserInitiated, expected), (stopped.StopCode, stopped.StoppedReason));
        Assert.Equal(143, stopped.Containers[0].ExitCode);
    }

    [Fact]
    public void StopRequest_Repeated_KeepsTheFirstReason()
    {
        var stopping = TaskProgress.RequestStop(SampleState.Task(), "first", Later);

        Assert.Same(stopping, TaskProgress.RequestStop(stopping, "second", Later.AddSeconds(1)));
    }

    [Fact]
    public void StopRequest_ForAStoppedTask_ChangesNothing()
    {
        var stopped = Submit(SampleState.Task(), "STOPPED");

        Assert.Same(stopped, TaskProgress.RequestStop(stopped, "late", Later));
    }

    [Fact]
    public void Submission_RunningWhileStopping_RemembersTheStart()
    {
        var stopping = TaskProgress.RequestStop(SampleState.Task(), null, Later);

        var task = Submit(stopping, "RUNNING", Container("app", "RUNNING"));

        Assert.Equal((TaskLifecycle.Stopping, Later), (task.Status, task.StartedAt));
    }

    [Theory]
    [InlineData("HEALTHY", "HEALTHY")]
    [InlineData("UNHEALTHY", "UNHEALTHY")]
    [InlineData("UNKNOWN", "UNKNOWN")]
    public void Health_OfTheEssentialContainer_IsThatOfTheTask(string reported, string expected)
    {
        var task = TaskProgress.ApplyHealth(
            SampleState.Task(), new Dictionary<string, string> { ["app"] = reported, ["side"] = "UNHEALTHY", ["ghost"] = "HEALTHY" });

        Assert.Equal((expected, "UNKNOWN"), (task.HealthStatus, task.Containers[1].HealthStatus));
    }

    [Fact]
    public void ManagedAgent_WhenRunning_ShowsItsStart()
    {
        var change = new SubmitTaskStateChangeRequest
        {
            ManagedAgents =
            [
                new ManagedAgentStateChange { ContainerName = "app", ManagedAgentName = "ExecuteCommandAgent", Status = "RUNNING" },
            ],
        };

        var agent = TaskProgress.Apply(SampleState.Task(), change, Later).Containers[0].ManagedAgents[0];

        Assert.Equal(("ExecuteCommandAgent", "RUNNING", Later), (agent.Name, agent.LastStatus, agent.LastStartedAt));
    }

    private static PlacedTask Submit(PlacedTask task, string status, params ContainerStateChange[] containers) =>
        TaskProgress.Apply(task, new SubmitTaskStateChangeRequest { Status = status, Containers = containers }, Later);

    private static ContainerStateChange Container(string name, string status) => new() { ContainerName = name, Status = status };
}
