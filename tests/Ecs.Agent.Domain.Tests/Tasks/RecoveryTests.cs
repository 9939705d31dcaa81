using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

/// <summary>After a restart of the agent a container is looked at before anything is decided about it.</summary>
public sealed class RecoveryTests
{
    private static readonly TaskEvent Recovered = new TaskEvent.Recovered(T0);

    [Fact]
    public void Recovery_OfAContainerThatMayExist_LooksBeforeItActs()
    {
        Assert.Equal(TaskStepKind.InspectContainer, OnlyStep(Placed(Container("app")).Pulled("app")));
        Assert.Equal(TaskStepKind.InspectContainer, OnlyStep(Placed(Container("app")).Created("app")));
        Assert.Equal(TaskStepKind.InspectContainer, OnlyStep(Placed(Container("app")).Up("app")));
    }

    /// <summary>A saved state may be older than the containers: a log that was dropped, a disk that was restored.</summary>
    [Fact]
    public void Recovery_OfAStateThatMayBeStale_LooksBeforeItActs()
    {
        Assert.Equal(TaskStepKind.InspectContainer, OnlyStep(Placed(Container("app"))));
        Assert.Equal(TaskStepKind.InspectContainer, OnlyStep(Placed(Container("app")).Resolved("app")));
    }

    [Fact]
    public void Recovery_OfAStaleState_BelievesTheContainer()
    {
        var stale = Placed(Container("app")).Apply(Recovered);

        var ended = stale.Ended("app", exitCode: 3);
        var running = stale.StopRequested().Apply(new TaskEvent.ContainerObserved(T0, 0, "app", Running("app")));

        Assert.Equal((ContainerStatus.Stopped, 3), (ended.Of("app").Known, ended.Of("app").ExitCode));
        Assert.Equal(TaskStepKind.StopContainer, Assert.Single(Plan(running).Steps, s => s.Lane == StepLane.Container).Kind);
    }

    [Fact]
    public void Recovery_OfAContainerThatWasNeverMade_GoesOnAfterTheLook()
    {
        var missing = new ContainerObservation { State = ObservedState.Missing };
        var looked = new TaskEvent.ContainerObserved(T0, 0, "app", missing);

        Assert.Equal(
            [TaskStepKind.ResolveManifest, TaskStepKind.PullImage],
            new[] { Placed(Container("app")), Placed(Container("app")).Resolved("app") }
                .Select(task => Assert.Single(Plan(task.Apply(Recovered).Apply(looked)).Steps, s => s.Lane == StepLane.Container).Kind));
    }

    [Fact]
    public void Recovery_WhileStopping_IsNotCalledStoppedUnseen()
    {
        var task = Placed(Container("app")).Created("app").StopRequested().Apply(Recovered);

        var plan = Plan(task);

        Assert.Empty(plan.Verdicts);
        Assert.Equal(TaskStepKind.InspectContainer, Assert.Single(plan.Steps, s => s.Lane == StepLane.Container).Kind);
    }

    [Fact]
    public void Recovery_AfterALookThatFindsItMissing_CreatesIt()
    {
        var missing = new ContainerObservation { State = ObservedState.Missing };
        var task = Placed(Container("app")).Pulled("app").Apply(Recovered).Apply(new TaskEvent.ContainerObserved(T0, 0, "app", missing));

        Assert.Equal(ContainerStatus.Pulled, task.Of("app").Known);
        Assert.Equal(TaskStepKind.CreateContainer, Assert.Single(Plan(task).Steps, s => s.Lane == StepLane.Container).Kind);
    }

    private static TaskStepKind OnlyStep(EcsTask task) => Assert.Single(
        Plan(task.Apply(Recovered)).Steps, s => s.Lane == StepLane.Container).Kind;

    private static TaskPlan Plan(EcsTask task) => TaskPlanner.Plan(task, new PlanningContext { Now = T0, Policy = Policy });
}
