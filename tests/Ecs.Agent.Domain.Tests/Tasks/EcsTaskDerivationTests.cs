using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class EcsTaskDerivationTests
{
    public static TheoryData<ContainerStatus, ContainerStatus, EcsTaskStatus> LeastAdvanced { get; } = new()
    {
        { ContainerStatus.None, ContainerStatus.Running, EcsTaskStatus.None },
        { ContainerStatus.ManifestPulled, ContainerStatus.Running, EcsTaskStatus.ManifestPulled },
        { ContainerStatus.Pulled, ContainerStatus.Running, EcsTaskStatus.ManifestPulled },
        { ContainerStatus.Created, ContainerStatus.Running, EcsTaskStatus.Created },
        { ContainerStatus.Created, ContainerStatus.Pulled, EcsTaskStatus.ManifestPulled },
        { ContainerStatus.Running, ContainerStatus.Running, EcsTaskStatus.Running },
        { ContainerStatus.Stopped, ContainerStatus.Running, EcsTaskStatus.Running },
        { ContainerStatus.Stopped, ContainerStatus.Created, EcsTaskStatus.Created },
        { ContainerStatus.Stopped, ContainerStatus.Stopped, EcsTaskStatus.Stopped },
    };

    [Theory]
    [MemberData(nameof(LeastAdvanced))]
    public void Known_OfNonEssentialContainers_IsThatOfTheLeastAdvanced(ContainerStatus a, ContainerStatus b, EcsTaskStatus expected)
    {
        var task = Bring(Bring(Placed(Container("a", essential: false), Container("b", essential: false)), "a", a), "b", b);

        Assert.Equal(expected, task.Known);
    }

    [Fact]
    public void Known_EssentialEndedWhileOthersAreUp_NeverShowsRunning()
    {
        var task = Placed(Container("a"), Container("b")).Up("a").Ended("a", 1).Up("b");

        Assert.Equal(EcsTaskStatus.Created, task.Known);
        Assert.Null(task.RunningSince);
        Assert.Equal(EcsTaskStatus.Stopped, task.Ended("b", 143).Known);
    }

    [Fact]
    public void Desired_EssentialEnds_EverythingIsToStop()
    {
        var task = Placed(Container("a"), Container("b", essential: false)).Up("a").Up("b").Ended("a", 0, T0.AddSeconds(5));

        Assert.Equal(EcsTaskStatus.Stopped, task.Desired);
        Assert.Equal(ContainerStatus.Stopped, task.Of("b").Desired);
        Assert.Equal(T0.AddSeconds(5), task.ExecutionStoppedAt);
        Assert.Equal(EcsTaskStatus.Running, task.Known);
    }

    [Fact]
    public void Desired_NonEssentialEnds_TaskRunsOn()
    {
        var task = Placed(Container("a"), Container("b", essential: false)).Up("a").Up("b").Ended("b", 1);

        Assert.Equal((EcsTaskStatus.Running, EcsTaskStatus.Running), (task.Desired, task.Known));
        Assert.Null(task.ExecutionStoppedAt);
    }

    [Fact]
    public void Known_OnlyNonEssentialContainers_EndsWithTheLastOne()
    {
        var task = Placed(Container("a", essential: false), Container("b", essential: false)).Up("a").Up("b").Ended("a").Ended("b");

        Assert.Equal(EcsTaskStatus.Stopped, task.Known);
    }

    [Fact]
    public void ExecutionStoppedAt_TwoEssentials_IsThatOfTheFirst()
    {
        var task = Placed(Container("a"), Container("b")).Up("a").Up("b").Ended("a", 0, T0.AddSeconds(1)).Ended("b", 0, T0.AddSeconds(9));

        Assert.Equal(T0.AddSeconds(1), task.ExecutionStoppedAt);
    }

    private static EcsTask Bring(EcsTask task, string container, ContainerStatus status) => status switch
    {
        ContainerStatus.None => task,
        ContainerStatus.ManifestPulled => task.Resolved(container),
        ContainerStatus.Pulled => task.Pulled(container),
        ContainerStatus.Created => task.Created(container),
        ContainerStatus.Running => task.Up(container),
        _ => task.Failed(container, TaskStepKind.CreateContainer),
    };
}
