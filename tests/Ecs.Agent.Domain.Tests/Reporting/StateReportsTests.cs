using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Reporting;

/// <summary>Each moment at which the control plane hears of a task, and the members of what it hears.</summary>
public sealed class StateReportsTests
{
    [Fact]
    public void Next_NothingKnownYet_IsNothing() => Assert.Equal((null, null), Next(Placed(Container("app"))));

    [Fact]
    public void Next_DigestsResolved_IsPendingWithTheDigestAndNoTimes()
    {
        var report = Due(Placed(Container("app")).Resolved("app"));

        Assert.Equal((ReportedStatus.Pending, ""), (report.Status, report.Reason));
        Assert.Equal(
            new ContainerStateReport { ContainerName = "app", Status = ReportedStatus.Pending, ImageDigest = "sha256:d" },
            Assert.Single(report.Containers));
        Assert.Equal((null, null, null), (report.PullStartedAt, report.PullStoppedAt, report.ExecutionStoppedAt));
    }

    [Fact]
    public void Next_DigestStandsInTheReference_IsNoNews() => Assert.Equal(
        (null, null), Next(Placed(Container("app") with { Image = "repo/app@sha256:d" }).Resolved("app")));

    [Fact]
    public void Next_NoDigestResolved_IsNothing() => Assert.Equal(
        (null, null), Next(Placed(Container("app")).Resolved("app", digest: null)));

    [Fact]
    public void Next_OneOfTwoResolved_WaitsForTheOther() => Assert.Equal(
        (null, null), Next(Placed(Container("a"), Container("b")).Resolved("a")));

    [Fact]
    public void Next_LastManifestWithoutDigest_IsPendingWithTheOthers()
    {
        var report = Due(Placed(Container("a"), Container("b")).Resolved("a").Resolved("b", digest: null));

        Assert.Equal("a", Assert.Single(report.Containers).ContainerName);
    }

    [Fact]
    public void Next_SomeContainersUp_AreHeldBackThenFlushedUnderPending()
    {
        var task = Settled(Placed(Container("a"), Container("b")).Resolved("a").Resolved("b")).Up("a");

        Assert.Equal((null, T0 + Policy.ReportHoldBack), Next(task));
        var report = Due(task, T0 + Policy.ReportHoldBack);
        Assert.Equal(ReportedStatus.Pending, report.Status);
        Assert.Equal(("a", ReportedStatus.Running), (report.Containers[0].ContainerName, report.Containers[0].Status));
        Assert.Equal(T0, report.PullStartedAt);
    }

    [Fact]
    public void Next_AllUp_IsRunningWithIdsDigestsBindingsAndPullTimes()
    {
        NetworkBinding binding = new() { BindIp = "0.0.0.0", ContainerPort = 80, HostPort = 32768 };
        var task = Placed(Container("app")).Pulled("app").Apply(new TaskEvent.ContainerCreated(T0, "app", "id"))
            .Apply(new TaskEvent.ContainerStarted(T0, 0, "app", Running("app") with { NetworkBindings = [binding] }));
        var report = Due(task);
        var app = Assert.Single(report.Containers);

        Assert.Equal(
            (ReportedStatus.Running, T0, T0, null),
            (report.Status, report.PullStartedAt, report.PullStoppedAt, report.ExecutionStoppedAt));
        Assert.Equal(
            (ReportedStatus.Running, "id", "sha256:d", null, null),
            (app.Status, app.RuntimeId, app.ImageDigest, app.ExitCode, app.Reason));
        Assert.Equal(binding, Assert.Single(app.NetworkBindings));
    }

    [Fact]
    public void Next_AllAcceptedWhileRunning_IsNothing() => Assert.Equal((null, null), Next(Settled(Placed(Container("app")).Up("app"))));

    [Fact]
    public void Next_NonEssentialEnds_IsToldAtOnceUnderRunning()
    {
        var task = Settled(Placed(Container("app"), Container("side", false)).Up("app").Up("side")).Ended("side", 3);
        var report = Due(task);

        Assert.Equal((ReportedStatus.Running, T0), (report.Status, report.PullStoppedAt));
        Assert.Equal(
            ("side", ReportedStatus.Stopped, 3),
            (report.Containers[0].ContainerName, report.Containers[0].Status, report.Containers[0].ExitCode));
        Assert.Single(report.Containers);
    }

    [Fact]
    public void Next_AllStopped_IsStoppedWithTheRest()
    {
        var report = Due(Settled(Placed(Container("app")).Up("app")).Ended("app", 137, T0.AddSeconds(5)));

        Assert.Equal((ReportedStatus.Stopped, "", T0.AddSeconds(5)), (report.Status, report.Reason, report.ExecutionStoppedAt));
        Assert.Equal(137, Assert.Single(report.Containers).ExitCode);
        Assert.Equal("sha256:d", report.Containers[0].ImageDigest);
    }

    [Fact]
    public void Next_OneContainerOfAStoppingTask_WaitsForTheTask()
    {
        var task = Settled(Placed(Container("a"), Container("b")).Up("a").Up("b")).Ended("a", 1);

        Assert.Equal((null, T0 + Policy.ReportHoldBack), Next(task));
        Assert.Equal(2, Due(task.Ended("b", 143)).Containers.Length);
    }

    [Fact]
    public void Next_EndedBeforeRunningWasReported_IsRunningWithItsExitCodeThenStopped()
    {
        var task = Placed(Container("app")).Created("app").Apply(new TaskEvent.ContainerStarted(T0, 0, "app", Stopped("app", 7)));
        var running = Due(task);
        var stopped = Due(task.Apply(new TaskEvent.ReportSettled(T0, running)));

        Assert.Equal(
            (ReportedStatus.Running, ReportedStatus.Running, 7),
            (running.Status, running.Containers[0].Status, running.Containers[0].ExitCode));
        Assert.Null(running.ExecutionStoppedAt);
        Assert.Equal(
            (ReportedStatus.Stopped, ReportedStatus.Stopped, 7),
            (stopped.Status, stopped.Containers[0].Status, stopped.Containers[0].ExitCode));
    }

    [Fact]
    public void Next_EndedAfterItsStart_SaysHowWithStoppedOnly()
    {
        var ended = Placed(Container("app")).Up("app").Apply(new TaskEvent.ContainerObserved(
            T0.AddSeconds(1), 0, "app", Stopped("app", 137) with { Error = new ContainerError(ContainerErrorNames.OutOfMemory, "x") }));
        var running = Assert.Single(Due(ended).Containers);
        var stopped = Assert.Single(Due(ended.Apply(new TaskEvent.ReportSettled(T0, Due(ended)))).Containers);

        Assert.Equal((ReportedStatus.Running, null, null), (running.Status, running.ExitCode, running.Reason));
        Assert.Equal((ReportedStatus.Stopped, 137, "OutOfMemoryError: x"), (stopped.Status, stopped.ExitCode, stopped.Reason));
    }

    [Fact]
    public void Next_DependencyFailedBeforeAllWereUp_IsStoppedWithTheStoryOfTheOthers()
    {
        var task = Settled(Placed(Container("init", false), Container("app", true, On("init", DependencyCondition.Success)))
            .Resolved("app").Resolved("init")).Up("init").Ended("init", 5, T0.AddSeconds(1));
        var error = Assert.IsType<TaskEvent.DependencyFailed>(Assert.Single(task.Plan().Verdicts));
        var report = Due(task.Apply(error));

        Assert.Equal(ReportedStatus.Stopped, report.Status);
        Assert.Equal(
            [("app", ReportedStatus.Stopped, 143), ("init", ReportedStatus.Running, -1), ("init", ReportedStatus.Stopped, 5)],
            report.Containers.OrderBy(c => c.ContainerName).Select(c => (c.ContainerName, c.Status, c.ExitCode ?? -1)));
        Assert.Null(report.Containers.First(c => c.ContainerName == "app").RuntimeId);
    }

    [Theory]
    [InlineData(TaskStepKind.CreateContainer, null)]
    [InlineData(TaskStepKind.StartContainer, "id-of-app")]
    public void Next_CreateOrStartFailed_IsStoppedWithReasonAndNoExitCode(TaskStepKind step, string? runtimeId)
    {
        var task = step == TaskStepKind.CreateContainer ? Placed(Container("app")).Pulled("app") : Placed(Container("app")).Created("app");
        var app = Assert.Single(Due(Settled(task).Failed("app", step, name: "CannotStartContainerError")).Containers);

        Assert.Equal(
            (runtimeId, "sha256:d", null, "CannotStartContainerError: text"), (app.RuntimeId, app.ImageDigest, app.ExitCode, app.Reason));
    }

    [Fact]
    public void Next_ManifestAndPullAndCreateFailed_IsOnlyStoppedWithBothPullTimes()
    {
        var report = Due(Placed(Container("app"))
            .Failed("app", TaskStepKind.ResolveManifest, name: "CannotPullImageManifestError")
            .Apply(new TaskEvent.PullBegan(T0.AddSeconds(1), "app"))
            .Failed("app", TaskStepKind.PullImage)
            .Failed("app", TaskStepKind.CreateContainer));

        Assert.Equal(
            new ContainerStateReport { ContainerName = "app", Status = ReportedStatus.Stopped, Reason = "CannotPullImageManifestError: text" },
            Assert.Single(report.Containers));
        Assert.Equal((T0.AddSeconds(1), T0, T0), (report.PullStartedAt, report.PullStoppedAt, report.ExecutionStoppedAt));
    }

    [Fact]
    public void Next_PullFailedButACopyWasHere_KeepsTheReasonOnRunning()
    {
        var task = Placed(Container("app")).Failed("app", TaskStepKind.ResolveManifest).Failed("app", TaskStepKind.PullImage);

        Assert.Equal((null, null), Next(task));
        var up = task.Apply(new TaskEvent.ContainerCreated(T0, "app", "id")).Apply(
            new TaskEvent.ContainerStarted(T0, 0, "app", Running("app")));
        Assert.Equal("SomeError: text", Assert.Single(Due(up).Containers).Reason);
    }

    [Fact]
    public void Next_ManifestFailedForGood_IsStoppedWithoutPullTimes()
    {
        var task = Placed(Container("app")).Failed("app", TaskStepKind.ResolveManifest, fatal: true);
        var report = Due(task.Apply(new TaskEvent.NothingToStop(T0, "app")));

        Assert.Equal((ReportedStatus.Stopped, null, null, ""), (report.Status, report.PullStartedAt, report.PullStoppedAt, report.Reason));
        Assert.Equal("SomeError: text", Assert.Single(report.Containers).Reason);
    }

    [Fact]
    public void Next_ResourceFailed_IsStoppedWithTheTasksReasonAndNoneOfTheContainer()
    {
        var task = Placed(Container("app")).Apply(new TaskEvent.ResourceFailed(T0, "volume data", "Bad driver")).Apply(
            new TaskEvent.NothingToStop(T0, "app"));
        var report = Due(task);

        Assert.Equal(("Bad driver", T0, null), (report.Reason, report.ExecutionStoppedAt, report.PullStartedAt));
        Assert.Null(Assert.Single(report.Containers).Reason);
    }

    [Fact]
    public void Next_StoppedWhileWaitingOrNeverSeen_IsOnlyStoppedWithNameAndStatus()
    {
        var report = Due(Admitted(Container("app")).StopRequested().Apply(new TaskEvent.NothingToStop(T0, "app")));

        Assert.Equal((ReportedStatus.Stopped, "", T0), (report.Status, report.Reason, report.ExecutionStoppedAt));
        Assert.Equal(new ContainerStateReport { ContainerName = "app", Status = ReportedStatus.Stopped }, Assert.Single(report.Containers));
    }

    [Fact]
    public void Next_RefusedTask_IsStoppedWithTheReasonAndNothingElse()
    {
        var report = Due(EcsTask.Refuse(Definition(Container("app")), "why", T0));

        Assert.Equal(
            new TaskStateReport { TaskArn = Arn, Status = ReportedStatus.Stopped, Reason = "why", Containers = report.Containers },
            report);
        Assert.Empty(report.Containers);
    }

    [Fact]
    public void Next_StoppedAccepted_IsNothingEver()
    {
        var task = Settled(Placed(Container("app")).Up("app").Ended("app"));

        Assert.Equal((null, null), Next(task, T0.AddYears(1)));
    }

    [Fact]
    public void Next_ClockSteppedBackBeforeTheEnd_StillEndsWithStopped()
    {
        var task = Placed(Container("a"), Container("b")).Up("a", T0.AddHours(1)).Ended("a", 1, T0).Apply(
            new TaskEvent.NothingToStop(T0, "b"));

        Assert.Equal(ReportedStatus.Stopped, Due(task).Containers.Last(c => c.ContainerName == "a").Status);
    }

    [Fact]
    public void Next_Restart_IsNotReported()
    {
        var task = Settled(Placed(Container("app") with { RestartPolicy = new RestartPolicy { Enabled = true } }).Up("app"))
            .Ended("app", 1, T0.AddSeconds(1));

        Assert.True(task.Of("app").RestartDue);
        Assert.Equal((null, null), Next(task, T0.AddHours(1)));
    }

    private static (TaskStateReport? Report, DateTimeOffset? DueAt) Next(EcsTask task, DateTimeOffset? now = null) =>
        StateReports.Next(task, Policy, now ?? T0);

    private static TaskStateReport Due(EcsTask task, DateTimeOffset? now = null) => Assert.IsType<TaskStateReport>(Next(task, now).Report);

    private static EcsTask Settled(EcsTask task)
    {
        while (Next(task).Report is { } report)
        {
            task = task.Apply(new TaskEvent.ReportSettled(T0, report));
        }

        return task;
    }
}
