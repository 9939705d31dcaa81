using CsCheck;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class StoppedTaskLimitTests
{
    [Theory]
    [InlineData(3, "")]
    [InlineData(2, "t1")]
    [InlineData(1, "t1 t2")]
    [InlineData(0, "t1 t2 t3")]
    public void Excess_IsThatOfTheLongestStopped(int limit, string expected) =>
        Assert.Equal(expected, string.Join(' ', StoppedTaskLimit.Excess([Stopped("t2", 2), Stopped("t1", 1), Stopped("t3", 3)], limit)));

    [Fact]
    public void Excess_OfTasksThatTheControlPlaneDoesNotKnowOf_IsKept() =>
        Assert.Equal(["t2"], StoppedTaskLimit.Excess([Stopped("t1", 1, reported: false), Stopped("t2", 2), Stopped("t3", 3)], 2));

    [Fact]
    public void Excess_OfWhatIsBeingCleanedUpAlready_DoesNotCount()
    {
        var going = Stopped("t1", 1).Apply(new TaskEvent.CleanUpRequested(T0));

        Assert.Empty(StoppedTaskLimit.Excess([going, Stopped("t2", 2), Stopped("t3", 3)], 2));
    }

    [Fact]
    public void Excess_OfTasksThatNeverHadAContainer_IsNone()
    {
        var refused = EcsTask.Refuse(Definition(Container("app")), "no", T0);
        var neverCreated = Placed(Container("app")).StopRequested().Apply(new TaskEvent.NothingToStop(T0, "app"));

        Assert.Empty(StoppedTaskLimit.Excess([refused, neverCreated, Placed(Container("app")).Up("app")], 0));
    }

    [Fact]
    public void Excess_LeavesAtMostTheLimit_AndTakesNoTaskMoreThanItMust() => Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8]).Sample((tasks, limit) =>
    {
        var all = Enumerable.Range(1, tasks).Select(i => Stopped($"t{i}", i)).ToList();

        Assert.Equal(Math.Max(0, tasks - limit), StoppedTaskLimit.Excess(all, limit).Length);
    });

    private static EcsTask Stopped(string arn, int minute, bool reported = true)
    {
        var task = Admitted(Definition(Container("app")) with { Arn = arn }).Granted().Up("app").Ended("app", at: T0.AddMinutes(minute));
        return reported
            ? task.Apply(new TaskEvent.ReportSettled(T0, new TaskStateReport { TaskArn = arn, Status = ReportedStatus.Stopped, Containers = [] }))
            : task;
    }
}
