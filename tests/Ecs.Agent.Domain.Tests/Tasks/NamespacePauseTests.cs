using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class NamespacePauseTests
{
    [Theory]
    [InlineData(NamespaceMode.Default, NamespaceMode.Default, false)]
    [InlineData(NamespaceMode.Host, NamespaceMode.Host, false)]
    [InlineData(NamespaceMode.Default, NamespaceMode.None, false)]
    [InlineData(NamespaceMode.Task, NamespaceMode.Default, true)]
    [InlineData(NamespaceMode.Host, NamespaceMode.Task, true)]
    [InlineData(NamespaceMode.Task, NamespaceMode.Task, true)]
    public void AddTo_Task_AddsAContainerWhereNamespacesAreShared(NamespaceMode pid, NamespaceMode ipc, bool added)
    {
        var definition = Definition(Container("app"), Container("side")) with { PidMode = pid, IpcMode = ipc };

        var with = NamespacePause.AddTo(definition, "pause:1");

        Assert.Equal(added, with.Containers.Any(c => c.IsInternal));
        Assert.Equal(added ? 3 : 2, with.Containers.Length);
        Assert.Equal(added, with.Containers.Where(c => !c.IsInternal).All(c => c.DependsOn is [{ ContainerName: NamespacePause.ContainerName }]));
    }

    [Fact]
    public void Plan_BeforeTheNamespaceIsThere_LooksUpDigestsAndPullsNothing()
    {
        var task = Sharing();

        Assert.Equal(
            [NamespacePause.ContainerName, "app"],
            task.Plan().Steps.OfType<TaskStep.ResolveManifest>().Select(step => step.Container).Order(StringComparer.Ordinal).Reverse());

        task = task
            .Apply(new TaskEvent.ManifestResolved(T0, "app", "sha256:d", PullRequired: true))
            .Apply(new TaskEvent.ManifestResolved(T0, NamespacePause.ContainerName, null, PullRequired: false));

        Assert.Equal([new TaskStep.CreateContainer(NamespacePause.ContainerName)], task.Plan().Steps.Where(s => s.Lane == StepLane.Container));
        Assert.Equal(new BlockedOn.Dependency(NamespacePause.ContainerName, DependencyCondition.Start), task.Plan().Blocked["app"]);
    }

    [Fact]
    public void Plan_StopOfTheTask_StopsTheNamespaceLast()
    {
        var task = Sharing().Up(NamespacePause.ContainerName).Up("app").StopRequested();

        Assert.Equal(["app"], task.Plan().Steps.OfType<TaskStep.StopContainer>().Select(step => step.Container));
        Assert.Equal(
            [NamespacePause.ContainerName],
            task.Ended("app").Plan().Steps.OfType<TaskStep.StopContainer>().Select(step => step.Container));
    }

    [Fact]
    public void Next_OfATaskWithSharedNamespaces_SaysNothingOfTheContainerThatHoldsThem()
    {
        var task = Sharing().Up(NamespacePause.ContainerName);

        Assert.Equal((null, null), StateReports.Next(task, Policy, T0.AddHours(1)));
        var report = StateReports.Next(task.Up("app"), Policy, T0).Report!;
        Assert.Equal((ReportedStatus.Running, "app"), (report.Status, Assert.Single(report.Containers).ContainerName));
    }

    private static EcsTask Sharing() =>
        Admitted(NamespacePause.AddTo(Definition(Container("app")) with { PidMode = NamespaceMode.Task }, "pause:1")).Granted();
}
