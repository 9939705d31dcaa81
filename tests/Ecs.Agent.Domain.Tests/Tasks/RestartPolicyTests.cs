using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class RestartPolicyTests
{
    private static readonly RestartPolicy Policy = new() { Enabled = true, IgnoredExitCodes = [9], AttemptPeriod = TimeSpan.FromSeconds(60) };

    public static TheoryData<string, RestartPolicy?, int, int, bool, bool> Rules { get; } = new()
    {
        { "ran long enough", Policy, 60, 1, false, true },
        { "success counts too", Policy, 60, 0, false, true },
        { "ran too short", Policy, 59, 1, false, false },
        { "ignored exit code", Policy, 60, 9, false, false },
        { "not enabled", Policy with { Enabled = false }, 60, 1, false, false },
        { "no policy", null, 60, 1, false, false },
        { "is to stop", Policy, 60, 1, true, false },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Ended_Container_RestartsOnlyUnderThePolicy(
        string rule, RestartPolicy? policy, int seconds, int exitCode, bool stop, bool restarts)
    {
        var up = Placed(Container("app") with { RestartPolicy = policy }).Up("app");
        var task = (stop ? up.StopRequested() : up).Ended("app", exitCode, T0.AddSeconds(seconds));

        Assert.True(restarts == task.Of("app").RestartDue, rule);
        Assert.Equal(restarts ? ContainerStatus.Running : ContainerStatus.Stopped, task.Of("app").Known);
        Assert.Equal(restarts ? 1 : 0, task.Of("app").RestartCount);
        Assert.Equal(exitCode, task.Of("app").ExitCode);
    }

    [Fact]
    public void Ended_WithoutExitCode_IsNotRestarted()
    {
        var task = Placed(Container("app") with { RestartPolicy = Policy }).Up("app").Apply(new TaskEvent.ContainerObserved(
            T0.AddMinutes(2), 0, "app", Stopped("app") with { ExitCode = null }));

        Assert.Equal(ContainerStatus.Stopped, task.Of("app").Known);
    }

    [Fact]
    public void Ended_SeenTwiceBeforeTheRestart_CountsOnce()
    {
        var end = T0.AddMinutes(2);
        var task = Placed(Container("app") with { RestartPolicy = Policy }).Up("app").Ended("app", 1, end).Ended("app", 1, end);

        Assert.Equal((true, 1), (task.Of("app").RestartDue, task.Of("app").RestartCount));
    }

    [Fact]
    public void Restarted_Container_KeepsItsFirstStartAndHasNoExitCode()
    {
        var end = T0.AddMinutes(2);
        var task = Placed(Container("app") with { RestartPolicy = Policy }).Up("app").Ended("app", 1, end)
            .Apply(new TaskEvent.ContainerStarted(end, 0, "app", Running("app", end)));
        var app = task.Of("app");

        Assert.False(app.RestartDue);
        Assert.Null(app.ExitCode);
        Assert.Equal((T0, end, end), (app.StartedAt, app.FinishedAt, app.LastRestartAt));
        Assert.Equal(EcsTaskStatus.Running, task.Known);
    }

    [Fact]
    public void Restarted_EndsWithinThePeriod_IsStopped()
    {
        var end = T0.AddMinutes(2);
        var task = Placed(Container("app") with { RestartPolicy = Policy }).Up("app").Ended("app", 1, end)
            .Apply(new TaskEvent.ContainerStarted(end.AddSeconds(1), 0, "app", Stopped("app", 5, end.AddSeconds(1))));

        Assert.Equal((ContainerStatus.Stopped, 5, 1), (task.Of("app").Known, task.Of("app").ExitCode, task.Of("app").RestartCount));
    }

    [Fact]
    public void Restart_Fails_IsStoppedWithItsExitCodeAndTheReason()
    {
        var task = Placed(Container("app") with { RestartPolicy = Policy }).Up("app").Ended("app", 1, T0.AddMinutes(2))
            .Failed("app", TaskStepKind.StartContainer, name: "CannotStartContainerError");

        Assert.Equal(
            (ContainerStatus.Stopped, 1, "CannotStartContainerError"),
            (task.Of("app").Known, task.Of("app").ExitCode, task.Of("app").Error!.Name));
    }
}
