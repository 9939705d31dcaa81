using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class RebuildTests
{
    private const string NotThere =
        "ContainerVanishedError: The agent's saved state is lost and this container is not there: it was never created, or has been removed";

    [Fact]
    public void Rebuild_AllContainersThere_BelievesNothingButThatTheyExist()
    {
        var task = Rebuild(Found("app"), Found("side"));

        Assert.Equal((EcsTaskStatus.Running, EcsTaskStatus.None, HostResourceClaim.Held), (task.Desired, task.Sent, task.HostResources));
        Assert.All(task.Containers, c => Assert.Equal((ContainerStatus.Created, true), (c.Known, c.Unconfirmed)));
        Assert.Equal(("id-app", "docker-app", "sha256:app"), (task.Of("app").RuntimeId, task.Of("app").DockerName, task.Of("app").ImageId));
        Assert.DoesNotContain(Plan(task).Steps, step => step is TaskStep.CreateContainer);
        Assert.Equal(["app", "side"], Plan(task).Steps.OfType<TaskStep.InspectContainer>().Select(s => s.Container).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rebuild_RunningContainers_AreRunningOnceLookedAtAndReportedAgain()
    {
        var task = Rebuild(Found("app"), Found("side"));
        foreach (var name in new[] { "app", "side" })
        {
            task = task.Apply(new TaskEvent.ContainerObserved(T0, 0, name, Running(name)));
        }

        Assert.Equal(EcsTaskStatus.Running, task.Known);
        Assert.Contains(Plan(task).Steps, step => step is TaskStep.SubmitReport { Report.Status: ReportedStatus.Running });
    }

    [Fact]
    public void Rebuild_OtherContainerMissing_IsStoppedAndTheTaskGoesOn()
    {
        var task = Rebuild(Found("app"));

        Assert.Equal(EcsTaskStatus.Running, task.Desired);
        Assert.Equal((ContainerStatus.Stopped, NotThere), (task.Of("side").Known, task.Of("side").Error?.Reason));
    }

    [Fact]
    public void Rebuild_EssentialContainerMissing_StopsTheTaskForIt()
    {
        var task = Rebuild(Found("side"));

        Assert.Equal(EcsTaskStatus.Stopped, task.Desired);
        Assert.Equal(new StopCause.EssentialContainer(T0, "app"), task.StopCause);
        Assert.DoesNotContain(Plan(task).Steps, step => step is TaskStep.CreateContainer or TaskStep.StartContainer);
    }

    private static EcsTask Rebuild(params (string Name, FoundContainer Container)[] found) => EcsTask.Rebuild(
        Definition(Container("app"), Container("side", essential: false)),
        found.ToDictionary(f => f.Name, f => f.Container, StringComparer.Ordinal),
        () => "suffix",
        T0);

    private static (string Name, FoundContainer Container) Found(string name) =>
        (name, new FoundContainer("id-" + name, "docker-" + name, "sha256:" + name));

    private static TaskPlan Plan(EcsTask task) => TaskPlanner.Plan(task, new PlanningContext { Now = T0, Policy = Policy });
}
