using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class EcsTaskApplyTests
{
    [Fact]
    public void Lifecycle_EventsInOrder_AdvanceOneStepEach()
    {
        var task = Placed(Container("app"));

        Assert.Equal(ContainerStatus.ManifestPulled, task.Resolved("app").Of("app").Known);
        Assert.Equal(ContainerStatus.Pulled, task.Pulled("app").Of("app").Known);
        Assert.Equal(ContainerStatus.Created, task.Created("app").Of("app").Known);
        Assert.Equal(RuntimeId("app"), task.Created("app").Of("app").RuntimeId);
        Assert.Equal(ContainerStatus.Running, task.Up("app").Of("app").Known);
        Assert.Equal(EcsTaskStatus.Running, task.Up("app").Known);
    }

    [Fact]
    public void ManifestResolved_LocalCopyWillDo_SkipsThePull()
    {
        var task = Placed(Container("app")).Apply(new TaskEvent.ManifestResolved(T0, "app", "sha256:l", PullRequired: false));

        Assert.Equal(
            (ContainerStatus.Pulled, "sha256:l", false), (task.Of("app").Known, task.Of("app").ImageDigest, task.Of("app").PullRequired));
        Assert.Null(task.PullStartedAt);
    }

    [Fact]
    public void PullTimes_SeveralPulls_FromTheFirstBeginToTheLastEnd()
    {
        var task = Placed(Container("a"), Container("b")).Pulled("a", T0.AddSeconds(1)).Pulled("b", T0.AddSeconds(7));

        Assert.Equal((T0.AddSeconds(1), T0.AddSeconds(7)), (task.PullStartedAt, task.PullStoppedAt));
    }

    [Fact]
    public void PullTimes_PullFailed_EndIsStamped()
    {
        var task = Placed(Container("a")).Resolved("a").Apply(new TaskEvent.PullBegan(T0, "a")).Failed("a", TaskStepKind.PullImage);

        Assert.Equal(T0, task.PullStoppedAt);
    }

    public static TheoryData<TaskStepKind, ContainerStatus, ContainerStatus> FailedSteps { get; } = new()
    {
        { TaskStepKind.ResolveManifest, ContainerStatus.ManifestPulled, ContainerStatus.Running },
        { TaskStepKind.PullImage, ContainerStatus.Pulled, ContainerStatus.Running },
        { TaskStepKind.CreateContainer, ContainerStatus.Stopped, ContainerStatus.Stopped },
        { TaskStepKind.StartContainer, ContainerStatus.Stopped, ContainerStatus.Stopped },
        { TaskStepKind.InspectContainer, ContainerStatus.None, ContainerStatus.Running },
        { TaskStepKind.RemoveContainer, ContainerStatus.None, ContainerStatus.Running },
    };

    [Theory]
    [MemberData(nameof(FailedSteps))]
    public void StepFailed_OfANonEssential_GoesOnWithWhatIsHereOrEndsTheContainer(
        TaskStepKind step, ContainerStatus known, ContainerStatus desired)
    {
        var task = Placed(Container("app"), Container("side", essential: false)).Failed("side", step);

        Assert.Equal((known, desired), (task.Of("side").Known, task.Of("side").Desired));
        Assert.Equal(EcsTaskStatus.Running, task.Desired);
        Assert.Null(task.Of("side").ExitCode);
    }

    [Fact]
    public void StepFailed_NothingThatCouldBeStopped_IsStopped()
    {
        var task = Placed(Container("app")).Up("app").StopRequested().Failed(
            "app", TaskStepKind.StopContainer, name: "CannotStopContainerError");

        Assert.Equal(EcsTaskStatus.Stopped, task.Known);
        Assert.Equal("CannotStopContainerError: text", task.Of("app").Error!.Reason);
    }

    [Theory]
    [InlineData(TaskStepKind.ResolveManifest)]
    [InlineData(TaskStepKind.PullImage)]
    public void StepFailed_FatalForANonEssential_StopsTheTaskWithoutReason(TaskStepKind step)
    {
        var task = Placed(Container("app"), Container("side", essential: false)).Failed("side", step, fatal: true);

        Assert.Equal((EcsTaskStatus.Stopped, ""), (task.Desired, task.TerminalReason));
    }

    [Fact]
    public void StepFailed_SeveralTimes_TheFirstErrorStays()
    {
        var task = Placed(Container("app"))
            .Failed("app", TaskStepKind.ResolveManifest, name: "CannotPullImageManifestError")
            .Failed("app", TaskStepKind.PullImage, name: "CannotPullContainerError")
            .Failed("app", TaskStepKind.CreateContainer, name: "CannotCreateContainerError");

        Assert.Equal("CannotPullImageManifestError", task.Of("app").Error!.Name);
        Assert.Equal(ContainerStatus.Stopped, task.Of("app").Known);
    }

    [Fact]
    public void ContainerStarted_EndedBeforeItsFirstLook_HasRunAndHasEnded()
    {
        var task = Placed(Container("app")).Created("app")
            .Apply(new TaskEvent.ContainerStarted(T0.AddSeconds(1), 0, "app", Stopped("app", 7)));

        Assert.Equal((ContainerStatus.Stopped, 7), (task.Of("app").Known, task.Of("app").ExitCode));
        Assert.Equal(T0.AddSeconds(1), task.Of("app").UpSince);
        Assert.Equal(T0.AddSeconds(1), task.RunningSince);
        Assert.Equal(EcsTaskStatus.Stopped, task.Known);
    }

    [Fact]
    public void ContainerObserved_StartNeverSeenButDockerSaysItRan_HasRun()
    {
        var task = Placed(Container("app")).Created("app").Ended("app", 3);

        Assert.Equal(T0, task.Of("app").UpSince);
        Assert.Equal(3, task.Of("app").ExitCode);
    }

    [Fact]
    public void ContainerObserved_Missing_IsStoppedAsVanished()
    {
        var task = Placed(Container("app")).Up("app").Apply(Observed("app", new() { State = ObservedState.Missing }));

        Assert.Equal(ContainerStatus.Stopped, task.Of("app").Known);
        Assert.Equal("ContainerVanishedError: No container matching saved ID found", task.Of("app").Error!.Reason);
        Assert.Null(task.Of("app").ExitCode);
    }

    [Fact]
    public void ContainerObserved_MissingBeforeItsCreation_MeansNothing() =>
        Assert.Equal(
            ContainerStatus.Pulled,
            Placed(Container("app")).Pulled("app").Apply(Observed("app", new() { State = ObservedState.Missing })).Of("app").Known);

    [Fact]
    public void ContainerObserved_OutOfMemoryWhileItRuns_IsNoTransition()
    {
        var oom = new ContainerError(ContainerErrorNames.OutOfMemory, "Container killed due to memory usage");
        var task = Placed(Container("app")).Up("app").Apply(Observed("app", Running("app") with { Error = oom }));

        Assert.Equal((ContainerStatus.Running, null), (task.Of("app").Known, task.Of("app").Error));
    }

    [Fact]
    public void ContainerObserved_KilledForItsMemory_HasThatReasonAndItsExitCode()
    {
        var oom = new ContainerError(ContainerErrorNames.OutOfMemory, "Container killed due to memory usage");
        var task = Placed(Container("app")).Up("app").Apply(Observed("app", Stopped("app", 137) with { Error = oom }));

        Assert.Equal(
            ("OutOfMemoryError: Container killed due to memory usage", 137), (task.Of("app").Error!.Reason, task.Of("app").ExitCode));
    }

    [Fact]
    public void ContainerObserved_RunningAfterItWasStopped_ChangesNothing()
    {
        var stopped = Placed(Container("app")).Up("app").Ended("app", 1);

        Assert.Same(stopped, stopped.Apply(Observed("app", Running("app"))));
    }

    [Fact]
    public void NetworkBindings_SeenOnce_StayWhenItHasEnded()
    {
        NetworkBinding binding = new() { BindIp = "0.0.0.0", ContainerPort = 80, HostPort = 32768 };
        var task = Placed(Container("app")).Created("app")
            .Apply(new TaskEvent.ContainerStarted(T0, 0, "app", Running("app") with { NetworkBindings = [binding] }))
            .Ended("app");

        Assert.Equal(binding, Assert.Single(task.Of("app").NetworkBindings));
    }

    [Fact]
    public void Hint_HeardInTheVeryMomentOfALook_IsNotLost()
    {
        // The look was asked for before the hint; both bear the same time.
        var task = Placed(Container("app")).Up("app").Apply(new TaskEvent.LookNeeded(T0, "app"));
        var askedWith = task.Of("app").HintsHeard;
        task = task.Apply(new TaskEvent.LookNeeded(T0, "app"))
            .Apply(new TaskEvent.ContainerObserved(T0, askedWith, "app", Running("app")));

        Assert.True(task.Of("app").LookDue);
        Assert.False(task.Apply(new TaskEvent.ContainerObserved(T0, askedWith + 1, "app", Running("app"))).Of("app").LookDue);
    }

    [Fact]
    public void Observation_AfterTheClockSteppedBack_IsBelieved()
    {
        var task = Placed(Container("app")).Up("app", T0.AddHours(1)).Ended("app", 4, T0);

        Assert.Equal((ContainerStatus.Stopped, 4), (task.Of("app").Known, task.Of("app").ExitCode));
    }

    [Fact]
    public void HealthChanged_WithHealthCheck_IsKnownAtOnceAndLookedAt()
    {
        var task = Placed(Container("app") with { HasHealthCheck = true }).Up("app")
            .Apply(new TaskEvent.HealthChanged(T0, "app", HealthStatus.Healthy));

        Assert.Equal(HealthStatus.Healthy, task.Of("app").Health);
        Assert.True(task.Of("app").LookDue);
    }

    [Fact]
    public void HealthChanged_WhileTheStartIsInFlight_IsNotLost()
    {
        var task = Placed(Container("app") with { HasHealthCheck = true }).Created("app")
            .Apply(new TaskEvent.HealthChanged(T0, "app", HealthStatus.Healthy))
            .Apply(new TaskEvent.ContainerStarted(T0, 0, "app", Running("app")));

        Assert.True(task.Of("app").LookDue);
    }

    [Fact]
    public void HealthChanged_WithoutHealthCheck_IsIgnored()
    {
        var task = Placed(Container("app")).Up("app");

        Assert.Same(task, task.Apply(new TaskEvent.HealthChanged(T0, "app", HealthStatus.Unhealthy)));
    }

    [Fact]
    public void StopRequested_Twice_TheFirstReasonStays() =>
        Assert.Equal("first", Placed(Container("app")).StopRequested("first").StopRequested("second").TerminalReason);

    [Fact]
    public void ResourceFailed_WhileTheTaskStopsAnyway_IsNotItsReason() =>
        Assert.Equal(
            "", Placed(Container("app")).StopRequested().Apply(new TaskEvent.ResourceFailed(T0, "volume data", "Bad driver")).TerminalReason);

    [Fact]
    public void ResourceFailed_OfARunningTask_StopsItWithTheResourcesReason()
    {
        var task = Placed(Container("app")).Apply(new TaskEvent.ResourceFailed(T0, "volume data", "Bad driver"));

        Assert.Equal((EcsTaskStatus.Stopped, "Bad driver"), (task.Desired, task.TerminalReason));
    }

    [Fact]
    public void HostResourcesRefused_OfAWaitingTask_StopsItWithTheReason()
    {
        var task = Admitted(Container("app")).Apply(new TaskEvent.HostResourcesRefused(T0, "CPU"));

        Assert.Equal((EcsTaskStatus.Stopped, "CPU"), (task.Desired, task.TerminalReason));
    }

    [Fact]
    public void HostResourcesGranted_AfterTheirRelease_IsIgnored() =>
        Assert.Equal(
            HostResourceClaim.Released, Admitted(Container("app")).Apply(new TaskEvent.HostResourcesReleased(T0)).Granted().HostResources);

    [Fact]
    public void DependencyFailed_OfAWaitingContainer_IsStoppedWith143()
    {
        var error = new ContainerError(ContainerErrorNames.CannotStartContainer, "dependency graph: …");
        var task = Placed(Container("app")).Resolved("app").Apply(new TaskEvent.DependencyFailed(T0, "app", error));

        Assert.Equal((ContainerStatus.Stopped, 143, error), (task.Of("app").Known, task.Of("app").ExitCode, task.Of("app").Error));
    }

    [Fact]
    public void ReportSettled_Out_OfOrder_NeverGoesBack()
    {
        TaskStateReport report = new()
        {
            TaskArn = Arn,
            Status = ReportedStatus.Running,
            Containers = [new() { ContainerName = "app", Status = ReportedStatus.Running }],
        };
        var task = Placed(Container("app")).Up("app").Apply(new TaskEvent.ReportSettled(T0, report));
        var after = task.Apply(new TaskEvent.ReportSettled(T0, report with
        {
            Status = ReportedStatus.Pending,
            Containers = [new() { ContainerName = "app", Status = ReportedStatus.Pending }],
        }));

        Assert.Equal((EcsTaskStatus.Running, ContainerStatus.Running), (after.Sent, after.Of("app").Sent));
    }

    [Fact]
    public void AnyEvent_ForAContainerThatTheTaskLacks_ChangesNothing()
    {
        var task = Placed(Container("app"));

        Assert.Same(task, task.Apply(new TaskEvent.ContainerCreated(T0, "other", "id")));
        Assert.Same(task, task.Apply(new TaskEvent.LookNeeded(T0, "other")));
    }

    [Fact]
    public void Woken_Always_ChangesNothing()
    {
        var task = Placed(Container("app")).Up("app");

        Assert.Same(task, task.Apply(new TaskEvent.Woken(T0.AddDays(1))));
    }

    private static TaskEvent.ContainerObserved Observed(string container, ContainerObservation observation) => new(
        T0, 0, container, observation);

    [Fact]
    public void PullBegan_MarksTheContainer_AndStampsTheTaskOnce()
    {
        var task = Placed(Container("app"), Container("side")).Resolved("app").Resolved("side")
            .Apply(new TaskEvent.PullBegan(T0, "app")).Apply(new TaskEvent.PullBegan(T0.AddMinutes(1), "side"));

        Assert.Equal((true, true, T0), (task.Of("app").PullBegan, task.Of("side").PullBegan, task.PullStartedAt));
    }

    [Fact]
    public void ManifestResolved_AfterAll_WithTheCopyHere_SkipsThePull()
    {
        var task = Placed(Container("app")).Failed("app", TaskStepKind.ResolveManifest)
            .Apply(new TaskEvent.ManifestResolved(T0, "app", null, PullRequired: false));

        Assert.Equal((ContainerStatus.Pulled, false, null), (task.Of("app").Known, task.Of("app").PullRequired, task.PullStoppedAt));
        Assert.Equal(ContainerStatus.Pulled, task.Resolved("app").Of("app").Known);
    }

    [Fact]
    public void StepFailed_FatalWithATaskReason_StopsTheTaskWithIt()
    {
        var error = new ContainerError("CannotPullContainerError", "no");
        var task = Placed(Container("app")).Resolved("app")
            .Apply(new TaskEvent.StepFailed(T0, "app", TaskStepKind.PullImage, error, Fatal: true, TaskReason: error.Reason));

        Assert.Equal((EcsTaskStatus.Stopped, "CannotPullContainerError: no"), (task.Desired, task.TerminalReason));
        Assert.IsType<StopCause.Image>(task.StopCause);
    }

    [Theory]
    [InlineData("sha256:d", "sha256:d", true)]
    [InlineData(null, "sha256:c", false)]
    public void ContainerCreated_TellsTheDigestOnlyWhereNoneWasLookedUp(string? lookedUp, string digest, bool resolved)
    {
        var app = Placed(Container("app")).Resolved("app", lookedUp).Apply(new TaskEvent.ImagePulled(T0, "app"))
            .Apply(new TaskEvent.ContainerCreated(T0, "app", "id", "sha256:i", "sha256:c")).Of("app");

        Assert.Equal((digest, "sha256:i", resolved), (app.ImageDigest, app.ImageId, app.DigestResolved));
    }
}
