using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class StopCauseTests
{
    public static TheoryData<TaskEvent, StopCause> Causes { get; } = new()
    {
        { new TaskEvent.StopRequested(T0), new StopCause.Requested(T0) },
        { new TaskEvent.HostResourcesRefused(T0, "too big"), new StopCause.HostResources(T0) },
        { new TaskEvent.ResourceFailed(T0, "volume data", "no driver"), new StopCause.Resource(T0, "volume data") },
        {
            new TaskEvent.StepFailed(T0, "side", TaskStepKind.PullImage, new("CannotPullContainerError", "gone"), Fatal: true),
            new StopCause.Image(T0, "side")
        },
        {
            new TaskEvent.StepFailed(T0, "app", TaskStepKind.CreateContainer, new("CannotCreateContainerError", "no")),
            new StopCause.EssentialContainer(T0, "app")
        },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void StopCause_OfWhatStopsTheTask_NamesIt(TaskEvent taskEvent, StopCause expected)
    {
        var task = Placed(Container("app"), Container("side", essential: false)).Apply(taskEvent);

        Assert.Equal(EcsTaskStatus.Stopped, task.Desired);
        Assert.Equal(expected, task.StopCause);
    }

    [Fact]
    public void StopCause_EssentialContainerEnds_IsThatContainerAndStaysSo()
    {
        var task = Placed(Container("app"), Container("db")).Up("app").Up("db").Ended("db", 1).StopRequested();

        Assert.Equal(new StopCause.EssentialContainer(T0, "db"), task.StopCause);
    }

    [Fact]
    public void StopCause_StopAskedForBeforeTheContainerEnds_IsTheRequest() =>
        Assert.Equal(new StopCause.Requested(T0), Placed(Container("app")).Up("app").StopRequested().Ended("app", 143).StopCause);

    [Fact]
    public void StopCause_OfTaskThatRuns_IsNull() =>
        Assert.Null(Placed(Container("app"), Container("side", essential: false)).Up("app").Up("side").Ended("side").StopCause);

    [Fact]
    public void StopCause_OfRefusedTask_SaysSo() =>
        Assert.Equal(new StopCause.Refused(T0), EcsTask.Refuse(Definition(Container("app")), "no", T0).StopCause);
}
