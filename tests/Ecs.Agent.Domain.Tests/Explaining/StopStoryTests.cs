using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Explaining;

public sealed class StopStoryTests
{
    /// <summary>One essential container, how it ended, what is said of that.</summary>
    public static TheoryData<EcsTask, ContainerEnd, string> Ends { get; } = new()
    {
        { App().Up("app").Ended("app"), Exited(0), "ended by itself, exit code 0" },
        { App().Up("app").Ended("app", 3), Exited(3), "ended by itself, exit code 3" },
        { App().Up("app").Ended("app", 127), Exited(127), "ended by itself, exit code 127 (the command was not found)" },
        { App().Up("app").Ended("app", 139), Exited(139), "ended by itself, exit code 139 (SIGSEGV); it crashed" },
        {
            App().Up("app").Ended("app", 137), Exited(137),
            "ended by itself, exit code 137 (SIGKILL); Docker's out-of-memory flag is not set, so somebody killed it (docker kill), "
            + "or the machine itself ran out of memory (dmesg)"
        },
        {
            App().Up("app").Apply(Observed(Stopped("app", 137) with { Error = new(ContainerErrorNames.OutOfMemory, "Container killed due to memory usage") })),
            new ContainerEnd.OutOfMemory(T0, 137),
            "was killed for its memory (Docker's out-of-memory flag is set), exit code 137 (SIGKILL); its limit is 64 MiB"
        },
        {
            App().Up("app").Apply(Observed(Stopped("app", 1) with { Error = new(ContainerErrorNames.DockerState, "no space left") })),
            new ContainerEnd.Exited(T0, 1, StopResponse.None.Instance, new(ContainerErrorNames.DockerState, "no space left")),
            "ended by itself, exit code 1; DockerStateError: no space left"
        },
        {
            App().Up("app").Apply(Observed(new ContainerObservation { State = ObservedState.Missing })),
            new ContainerEnd.Vanished(T0),
            "is gone: somebody has removed it from Docker, and its exit code with it"
        },
        {
            App().Failed("app", TaskStepKind.PullImage, fatal: true, ContainerErrorNames.CannotPullContainer),
            new ContainerEnd.NotStarted(T0, LaunchStage.Image, new(ContainerErrorNames.CannotPullContainer, "text")),
            "was not started, because image repo/app:1 cannot be had: CannotPullContainerError: text"
        },
        {
            App().Pulled("app").Failed("app", TaskStepKind.CreateContainer, name: ContainerErrorNames.CannotCreateContainer),
            new ContainerEnd.NotStarted(T0, LaunchStage.Creation, new(ContainerErrorNames.CannotCreateContainer, "text")),
            "could not be created: CannotCreateContainerError: text"
        },
        {
            App().Created("app").Failed("app", TaskStepKind.StartContainer, name: ContainerErrorNames.CannotStartContainer),
            new ContainerEnd.NotStarted(T0, LaunchStage.Start, new(ContainerErrorNames.CannotStartContainer, "text")),
            "could not be started: CannotStartContainerError: text"
        },
        { App().StopRequested(), new ContainerEnd.NeverStarted(T0), "was stopped before it was started" },
    };

    /// <summary>Grace 10 s, stop signal 5 s after the start; how it ended, and what that says.</summary>
    public static TheoryData<int, int, string> Responses { get; } = new()
    {
        { 6, 0, "heeded its stop signal after 1 s, exit code 0" },
        { 6, 143, "heeded its stop signal after 1 s, exit code 143 (SIGTERM)" },
        { 15, 137, "did not heed its stop signal within 10 s and was killed, exit code 137 (SIGKILL)" },
        { 14, 137, "was killed by others 9 s after its stop signal, before its grace period of 10 s was over, exit code 137 (SIGKILL)" },
        { 4, 3, "ended by itself, exit code 3" },
    };

    public static TheoryData<TaskEvent, string> Causes { get; } = new()
    {
        { new TaskEvent.StopRequested(T0), "The control plane or an operator asked for the stop at 00:00:00 UTC" },
        { new TaskEvent.StopRequested(T0, "because"), "The control plane or an operator asked for the stop at 00:00:00 UTC: because" },
        { new TaskEvent.HostResourcesRefused(T0, "CPU 9 of 1"), "This machine can never give what the task needs (00:00:00 UTC): CPU 9 of 1" },
        { new TaskEvent.ResourceFailed(T0, "volume data", "no driver"), "Volume data cannot be had (00:00:00 UTC): no driver" },
        {
            new TaskEvent.StepFailed(T0, "app", TaskStepKind.PullImage, new("CannotPullContainerError", "gone"), Fatal: true),
            "The image of app cannot be had, and the pull behaviour forbids to go on without (00:00:00 UTC)"
        },
        {
            new TaskEvent.StepFailed(T0, "app", TaskStepKind.CreateContainer, new("CannotCreateContainerError", "no")),
            "Essential container app did not come up, which the agent knew at 00:00:00 UTC, and took the task with it"
        },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void End_OfAContainer_IsToldApart(EcsTask task, ContainerEnd expected, string text)
    {
        var container = task.Explain().Find("app")!;

        Assert.Equal(expected, container.End);
        Assert.Equal(text, ExplanationText.Describe(container.End!, container));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void End_AfterAStop_SaysWhetherTheSignalWasHeeded(int endedAfter, int exitCode, string expected)
    {
        var attempt = new StopAttempt(T0.AddSeconds(5), TimeSpan.FromSeconds(10));
        var ended = Observed(Stopped("app", exitCode, T0.AddSeconds(endedAfter))) with { At = T0.AddSeconds(20), Stop = attempt };
        var container = App().Up("app").StopRequested().Apply(ended).Explain(T0.AddSeconds(30)).Find("app")!;

        Assert.Equal(expected, ExplanationText.Describe(container.End!, container));
    }

    [Fact]
    public void End_DuringAStopThatNobodySawThrough_SaysNoMoreThanThat()
    {
        var container = App().Up("app").StopRequested().Ended("app", 143, T0.AddSeconds(1)).Explain().Find("app")!;

        Assert.Equal("ended while the task was being stopped, exit code 143 (SIGTERM)", ExplanationText.Describe(container.End!, container));
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void Story_OfEachCause_BeginsWithIt(TaskEvent taskEvent, string expected)
    {
        var explained = App().Apply(taskEvent).Explain();

        Assert.Equal(expected, ExplanationText.Causes(explained)[0]);
    }

    [Fact]
    public void Story_RefusedTask_SaysWhy()
    {
        var explained = EcsTask.Refuse(Definition(Container("app")), "UnrecogniedTaskError: Error loading task - no", T0).Explain();

        Assert.Equal(
            "The task was refused at 00:00:00 UTC and nothing of it was begun: UnrecogniedTaskError: Error loading task - no",
            ExplanationText.Summary(explained));
    }

    [Fact]
    public void Story_OnlyNonEssentialContainers_HasNoCause()
    {
        var explained = Placed(Container("a", essential: false)).Up("a").Ended("a", 1).Explain();

        Assert.Null(explained.Stop!.Cause);
        Assert.Equal("All containers have ended, none of them essential", ExplanationText.Summary(explained));
    }

    [Fact]
    public void Story_FailedDependencies_AreFollowedToTheRoot()
    {
        var task = Placed(
            Container("init", essential: false),
            Container("migrate", false, On("init", DependencyCondition.Success)),
            Container("app", true, On("migrate", DependencyCondition.Success)));
        var explained = task.Resolved("migrate").Resolved("app").Up("init").Ended("init", 3, T0.AddSeconds(1)).Explain(T0.AddSeconds(2));

        Assert.Equal(["app", "migrate", "init"], explained.Stop!.Culprits.AsEnumerable());
        Assert.Equal("init", explained.Stop.EndOrder[0]);
        Assert.Equal(
            new ContainerDependency("init", DependencyCondition.Success),
            Assert.IsType<ContainerEnd.GivenUp>(explained.Find("migrate")!.End).Dependency);
        Assert.Collection(
            ExplanationText.Causes(explained),
            text => Assert.StartsWith("Essential container app did not come up", text, StringComparison.Ordinal),
            text => Assert.Equal("app was not started, because migrate can never end with exit code 0", text),
            text => Assert.Equal("migrate was not started, because init can never end with exit code 0", text),
            text => Assert.Equal("init ended by itself, exit code 3", text));
        Assert.Equal("init ended by itself, exit code 3", ExplanationText.Summary(explained));
    }

    [Fact]
    public void Story_DependencyTimedOut_NamesTheEdgeAndItsText()
    {
        var db = Container("db", essential: false) with { HasHealthCheck = true, StartTimeout = TimeSpan.FromSeconds(20) };
        var explained = Placed(db, Container("app", true, On("db", DependencyCondition.Healthy)))
            .Resolved("app").Up("db").Explain(T0.AddSeconds(20));

        // That db stops now, because its task does, is not the root of anything.
        Assert.Equal(["app"], explained.Stop!.Culprits.AsEnumerable());
        Assert.StartsWith(
            "stopping: app was not started, because db did not become HEALTHY within its startTimeout",
            ExplanationText.Summary(explained),
            StringComparison.Ordinal);
        var end = Assert.IsType<ContainerEnd.GivenUp>(explained.Find("app")!.End);
        Assert.Equal(new ContainerDependency("db", DependencyCondition.Healthy), end.Dependency);
        Assert.True(end.TimedOut);
        Assert.EndsWith("has timed out.", end.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Story_OrderOfEnds_GoesByDockersClock()
    {
        var task = Placed(Container("a"), Container("b"), Container("c")).Up("a").Up("b").Up("c")
            .Ended("c", 1, T0.AddSeconds(1)).Ended("a", 143, T0.AddSeconds(3)).Ended("b", 143, T0.AddSeconds(2));

        Assert.Equal(["c", "b", "a"], task.Explain().Stop!.EndOrder.AsEnumerable());
        Assert.Equal(new StopCause.EssentialContainer(T0.AddSeconds(1), "c"), task.Explain().Stop!.Cause);
    }

    [Fact]
    public void Story_WhileTheTaskStops_SaysWhoIsStillThere()
    {
        var task = Placed(Container("app"), Container("side")).Up("app").Up("side").Ended("app", 1);
        var explained = task.Explain(T0.AddSeconds(1), inFlight: new TaskStep.StopContainer("side", TimeSpan.FromSeconds(2)).Since(0));

        Assert.Equal(
            "stopping: app ended by itself, exit code 1; side was sent its stop signal since 00:00:00 UTC (1 s) "
            + "and is killed at 00:00:02 UTC (in 1 s) if it has not ended by then",
            ExplanationText.Summary(explained));
    }

    [Fact]
    public void Trouble_ThatDidNotEndAContainer_IsKept()
    {
        var task = App().Failed("app", TaskStepKind.ResolveManifest, name: ContainerErrorNames.CannotPullImageManifest);

        Assert.Equal(new ContainerError(ContainerErrorNames.CannotPullImageManifest, "text"), task.Explain().Find("app")!.Trouble);
    }

    [Fact]
    public void Explanation_HoldsNoEnvironmentValue()
    {
        var environment = EnvironmentVariables.Empty.With("PASSWORD", "hunter2");
        var explained = Placed(Container("app") with { Environment = environment }).Up("app").Ended("app", 1).Explain();

        Assert.DoesNotContain("hunter2", explained + string.Join(' ', explained.Containers), StringComparison.Ordinal);
    }

    private static EcsTask App() => Placed(Container("app") with { MemoryMiB = 64 });

    private static ContainerEnd.Exited Exited(int exitCode) =>
        new(T0, exitCode, StopResponse.None.Instance, Error: null);

    private static TaskEvent.ContainerObserved Observed(ContainerObservation observation) => new(T0, 0, "app", observation);
}
