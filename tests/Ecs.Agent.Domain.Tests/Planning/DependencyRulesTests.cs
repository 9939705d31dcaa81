using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Planning;

public sealed class DependencyRulesTests
{
    public enum Answer
    {
        Met,
        Waiting,
        Never,
    }

    public static TheoryData<DependencyCondition, string, Answer> Conditions { get; } = new()
    {
        { DependencyCondition.Create, "pulled", Answer.Waiting },
        { DependencyCondition.Create, "created", Answer.Met },
        { DependencyCondition.Create, "running", Answer.Met },
        { DependencyCondition.Create, "exited 1", Answer.Met },
        { DependencyCondition.Create, "create failed", Answer.Never },
        { DependencyCondition.Start, "created", Answer.Waiting },
        { DependencyCondition.Start, "running", Answer.Met },
        { DependencyCondition.Start, "healthy", Answer.Met },
        { DependencyCondition.Start, "exited 1", Answer.Met },
        { DependencyCondition.Start, "create failed", Answer.Never },
        { DependencyCondition.Complete, "running", Answer.Waiting },
        { DependencyCondition.Complete, "exited 0", Answer.Met },
        { DependencyCondition.Complete, "exited 1", Answer.Met },
        { DependencyCondition.Complete, "create failed", Answer.Never },
        { DependencyCondition.Success, "created", Answer.Waiting },
        { DependencyCondition.Success, "running", Answer.Waiting },
        { DependencyCondition.Success, "exited 0", Answer.Met },
        { DependencyCondition.Success, "exited 1", Answer.Never },
        { DependencyCondition.Success, "create failed", Answer.Never },
        { DependencyCondition.Healthy, "running", Answer.Waiting },
        { DependencyCondition.Healthy, "unhealthy", Answer.Waiting },
        { DependencyCondition.Healthy, "healthy", Answer.Met },
        { DependencyCondition.Healthy, "exited 0", Answer.Never },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Check_ADependencyInSomeState_AnswersByItsCondition(DependencyCondition condition, string dependency, Answer expected)
    {
        var task = Bring(Waiting(condition), dependency);

        Assert.Equal(expected, AnswerOf(DependencyRules.Check(task, task.Of("app"), T0)));
    }

    [Fact]
    public void Check_MissingDependency_HasTextA()
    {
        var task = Placed(Container("app", true, On("gone", DependencyCondition.Start))).Resolved("app");

        Assert.Equal(
            "CannotStartContainerError: dependency graph: container ordering dependency [<nil>] for target "
            + "[app(repo/app:1) (MANIFEST_PULLED->RUNNING)] does not exist.",
            ReasonOf(task));
    }

    [Fact]
    public void Check_DependencyTimedOut_HasTextB()
    {
        var task = Waiting(DependencyCondition.Healthy, TimeSpan.FromSeconds(10)).Up("init");

        Assert.Equal(
            "CannotStartContainerError: dependency graph: container ordering dependency [init(repo/init:1) (RUNNING->RUNNING)] for target "
            + "[app(repo/app:1) (MANIFEST_PULLED->RUNNING)] has timed out.",
            ReasonOf(task, T0.AddSeconds(10)));
    }

    [Fact]
    public void Check_DependencyExitedWithFailure_HasTextC()
    {
        var task = Waiting(DependencyCondition.Success).Up("init").Ended("init", 5);

        Assert.Equal(
            "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
            + "[init(repo/init:1) (STOPPED->RUNNING) - Exit: 5] for target [app(repo/app:1) (MANIFEST_PULLED->RUNNING)] "
            + "as dependency did not exit successfully.",
            ReasonOf(task));
    }

    [Fact]
    public void Check_TargetWhosePullIsSkipped_IsShownAsWaitingForIt()
    {
        var task = Placed(Container("init", false), Container("app", true, On("init", DependencyCondition.Success)))
            .Apply(new TaskEvent.ManifestResolved(T0, "app", Digest: null, PullRequired: false)).Resolved("init").Up("init").Ended("init", 5);

        Assert.Contains("for target [app(repo/app:1) (MANIFEST_PULLED->RUNNING)]", ReasonOf(task), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_DependencyThatNeverWillStart_HasTextDWithoutFullStop()
    {
        var task = Waiting(DependencyCondition.Start).Failed("init", TaskStepKind.CreateContainer);

        Assert.Equal(
            "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
            + "[init(repo/init:1) (STOPPED->STOPPED)] for target [app(repo/app:1) (MANIFEST_PULLED->RUNNING)] because dependency will never start",
            ReasonOf(task));
    }

    public static TheoryData<DependencyCondition, bool> TimesOut { get; } = new()
    {
        { DependencyCondition.Create, false },
        { DependencyCondition.Start, false },
        { DependencyCondition.Complete, true },
        { DependencyCondition.Success, true },
        { DependencyCondition.Healthy, true },
    };

    [Theory]
    [MemberData(nameof(TimesOut))]
    public void Check_PastTheStartTimeout_OnlyEndsAndHealthTimeOut(DependencyCondition condition, bool timesOut)
    {
        var task = Waiting(condition, TimeSpan.FromSeconds(10)).Up("init");

        Assert.Equal(timesOut, DependencyRules.Check(task, task.Of("app"), T0.AddSeconds(11)) is DependencyVerdict.Never);
    }

    [Fact]
    public void Check_StartTimeoutNotOver_WaitsUntilThen()
    {
        var task = Waiting(DependencyCondition.Complete, TimeSpan.FromSeconds(10)).Up("init");

        Assert.Equal(
            T0.AddSeconds(10),
            Assert.IsType<DependencyVerdict.Waiting>(DependencyRules.Check(task, task.Of("app"), T0.AddSeconds(9))).Deadline);
    }

    [Fact]
    public void Check_TargetIsCreatedAlready_NeitherTimesOutNorSetsADeadline()
    {
        var task = Waiting(DependencyCondition.Healthy, TimeSpan.FromSeconds(10)).Up("init").Created("app");

        Assert.Null(Assert.IsType<DependencyVerdict.Waiting>(DependencyRules.Check(task, task.Of("app"), T0.AddSeconds(60))).Deadline);
    }

    [Fact]
    public void Check_FailedDependencyBehindAWaitingOne_IsNotHidden()
    {
        var task = Placed(
            Container("slow", false),
            Container("init", false),
            Container("app", true, On("slow", DependencyCondition.Complete), On("init", DependencyCondition.Success)))
            .Resolved("app").Up("slow").Up("init").Ended("init", 1);

        Assert.IsType<DependencyVerdict.Never>(DependencyRules.Check(task, task.Of("app"), T0));
    }

    [Fact]
    public void Check_SeveralDeadlines_TheEarliestCounts()
    {
        var task = Placed(
            Container("slow", false) with { StartTimeout = TimeSpan.FromSeconds(90) },
            Container("init", false) with { StartTimeout = TimeSpan.FromSeconds(30) },
            Container("app", true, On("slow", DependencyCondition.Complete), On("init", DependencyCondition.Success)))
            .Resolved("app").Up("slow").Up("init");
        var waiting = Assert.IsType<DependencyVerdict.Waiting>(DependencyRules.Check(task, task.Of("app"), T0));

        Assert.Equal(("slow", T0.AddSeconds(30)), (waiting.Edge.ContainerName, waiting.Deadline));
    }

    private static EcsTask Waiting(DependencyCondition condition, TimeSpan startTimeout = default) => Placed(
        Container("init", essential: false) with { StartTimeout = startTimeout, HasHealthCheck = true },
        Container("app", true, On("init", condition))).Resolved("app");

    private static EcsTask Bring(EcsTask task, string state) => state switch
    {
        "pulled" => task.Pulled("init"),
        "created" => task.Created("init"),
        "running" => task.Up("init"),
        "healthy" => task.Up("init").Apply(new TaskEvent.HealthChanged(T0, "init", HealthStatus.Healthy)),
        "unhealthy" => task.Up("init").Apply(new TaskEvent.HealthChanged(T0, "init", HealthStatus.Unhealthy)),
        "exited 0" => task.Up("init").Ended("init", 0),
        "exited 1" => task.Up("init").Ended("init", 1),
        "create failed" => task.Failed("init", TaskStepKind.CreateContainer),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static Answer AnswerOf(DependencyVerdict verdict) => verdict switch
    {
        DependencyVerdict.Met => Answer.Met,
        DependencyVerdict.Waiting => Answer.Waiting,
        _ => Answer.Never,
    };

    private static string ReasonOf(EcsTask task, DateTimeOffset? now = null) =>
        Assert.IsType<DependencyVerdict.Never>(DependencyRules.Check(task, task.Of("app"), now ?? T0)).Error.Reason;
}
