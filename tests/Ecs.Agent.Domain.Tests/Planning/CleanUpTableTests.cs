using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Planning;

/// <summary>When a stopped task is cleaned up, and what never is.</summary>
public sealed class CleanUpTableTests
{
    /// <summary>Whether STOPPED was taken; hours since it was known; whether an operator asks; whether containers are removed now.</summary>
    public static TheoryData<bool, double, bool, bool> Times { get; } = new()
    {
        { true, 0, false, false },
        { true, 2.999, false, false },
        { true, 3, false, true },
        { true, 71, false, true },
        { true, 0, true, true },
        { false, 3, false, false },
        { false, 72, false, false },
        { false, 73, false, false },
        { false, 24 * 365, false, false },
        { false, 24 * 365, true, false },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void Plan_OfAStoppedTask_RemovesOnlyWhatTheControlPlaneKnowsAndTheWaitIsOver(bool taken, double hours, bool asked, bool removes)
    {
        var over = Stopped();
        var task = taken ? Accepted(over) : over;
        var plan = (asked ? task.Apply(new TaskEvent.CleanUpRequested(T0)) : task).Plan(T0.AddHours(hours));

        Assert.Equal(removes ? ["a", "b"] : [], plan.Steps.OfType<TaskStep.RemoveContainer>().Select(s => s.Container));
        Assert.Equal(!taken, plan.Steps.Any(s => s.Kind == TaskStepKind.SubmitReport));
    }

    [Fact]
    public void Plan_EndTakenAfterDays_IsCleanedUpAtOnce()
    {
        var late = T0.AddDays(9);

        Assert.Equal(2, Accepted(Stopped()).Plan(late).Steps.Length);
    }

    [Fact]
    public void Plan_OneContainerLeft_HoldsVolumesAndRecordBack()
    {
        var task = Accepted(Stopped()).Apply(new TaskEvent.ContainerRemoved(T0, "a"));

        Assert.Equal([new TaskStep.RemoveContainer("b")], task.Plan(T0.AddHours(3)).Steps.AsEnumerable());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void StartHeard_OfAStoppedContainer_StopsWhatWasStartedAfterItsEnd(int secondsAfterItsEnd, bool stops)
    {
        var task = Accepted(Stopped()).Apply(new TaskEvent.StartHeard(T0, "a", T0.AddSeconds(secondsAfterItsEnd)));
        var plan = task.Plan();

        Assert.Equal(
            stops ? [new TaskStep.StopContainer("a", Policy.DefaultStopTimeout)] : [], plan.Steps.Where(s => s.Lane == StepLane.Container));
        Assert.DoesNotContain(task.Plan(T0.AddHours(3)).Steps, s => stops && s is TaskStep.RemoveContainer { Container: "a" });
        Assert.Equal(ContainerStatus.Stopped, task.Of("a").Known);
    }

    [Fact]
    public void StartHeard_ThenSeenStopped_IsOver()
    {
        var again = Accepted(Stopped()).Apply(new TaskEvent.StartHeard(T0, "a", null));
        Assert.True(again.Apply(new TaskEvent.ContainerObserved(T0, 0, "a", Running("a"))).Of("a").StartedAgain);
        Assert.False(again.Ended("a", 143).Of("a").StartedAgain);
        Assert.Equal(0, again.Ended("a", 143).Of("a").ExitCode);
        Assert.False(again.Failed("a", TaskStepKind.StopContainer).Of("a").StartedAgain);
        Assert.False(Placed(Container("a")).Up("a").Apply(new TaskEvent.StartHeard(T0, "a", T0.AddDays(1))).Of("a").StartedAgain);
        Assert.False(
            Stopped().Apply(new TaskEvent.ContainerRemoved(T0, "a")).Apply(new TaskEvent.StartHeard(T0, "a", null)).Of("a").StartedAgain);
    }

    private static EcsTask Stopped() => Placed(Container("a"), Container("b", essential: false)).Up("a").Up("b").Ended("a").Ended("b")
        .Apply(new TaskEvent.HostResourcesReleased(T0));

    private static EcsTask Accepted(EcsTask task)
    {
        while (task.Plan().Steps.OfType<TaskStep.SubmitReport>().SingleOrDefault() is { } submit)
        {
            task = task.Apply(new TaskEvent.ReportSettled(T0, submit.Report));
        }

        return task;
    }
}
