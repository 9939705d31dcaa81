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

    [Fact]
    public void Recovery_OfAContainerThatCannotExist_GoesOn()
    {
        Assert.Equal(TaskStepKind.ResolveManifest, OnlyStep(Placed(Container("app"))));
        Assert.Equal(TaskStepKind.PullImage, OnlyStep(Placed(Container("app")).Resolved("app")));
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
