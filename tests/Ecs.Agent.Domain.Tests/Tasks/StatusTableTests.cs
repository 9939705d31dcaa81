using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

/// <summary>The states, how they map to each other, and every move from each of them.</summary>
public sealed class StatusTableTests
{
    [Fact]
    public void ContainerStates_AreInTheOrderOfProgress() => Assert.Equal(
        [
            ContainerStatus.None, ContainerStatus.ManifestPulled, ContainerStatus.Pulled, ContainerStatus.Created, ContainerStatus.Running,
            ContainerStatus.ResourcesProvisioned, ContainerStatus.Stopped,
        ],
        Enum.GetValues<ContainerStatus>());

    public static TheoryData<ContainerStatus, EcsTaskStatus> TaskStatusOf { get; } = new()
    {
        { ContainerStatus.None, EcsTaskStatus.None },
        { ContainerStatus.ManifestPulled, EcsTaskStatus.ManifestPulled },
        { ContainerStatus.Pulled, EcsTaskStatus.ManifestPulled },
        { ContainerStatus.Created, EcsTaskStatus.Created },
        { ContainerStatus.Running, EcsTaskStatus.Running },
        { ContainerStatus.ResourcesProvisioned, EcsTaskStatus.Running },
        { ContainerStatus.Stopped, EcsTaskStatus.Stopped },
    };

    [Theory]
    [MemberData(nameof(TaskStatusOf))]
    public void TaskKnown_OfOneContainer_IsItsMapping(ContainerStatus container, EcsTaskStatus expected)
    {
        var task = Placed(Container("app", essential: false));
        var set = task with { Containers = [task.Of("app") with { Known = container }] };

        Assert.Equal(expected, set.Apply(new TaskEvent.Woken(T0)).Known);
    }

    [Theory]
    [InlineData(ContainerStatus.Running, true)]
    [InlineData(ContainerStatus.ResourcesProvisioned, true)]
    [InlineData(ContainerStatus.Created, false)]
    [InlineData(ContainerStatus.Stopped, false)]
    public void IsRunning_OfAContainer_IsSoFromItsStartToItsEnd(ContainerStatus known, bool running) =>
        Assert.Equal(running, (Placed(Container("app")).Of("app") with { Known = known }).IsRunning);

    /// <summary>Known, desired STOPPED, what is in flight; what is done: a step, a verdict, a cancellation, or what is waited for.</summary>
    public static TheoryData<ContainerStatus, bool, TaskStepKind?, string> Moves { get; } = new()
    {
        { ContainerStatus.None, false, null, "ResolveManifest" },
        { ContainerStatus.ManifestPulled, false, null, "PullImage" },
        { ContainerStatus.Pulled, false, null, "CreateContainer" },
        { ContainerStatus.Created, false, null, "StartContainer" },
        { ContainerStatus.Running, false, null, "" },
        { ContainerStatus.Stopped, false, null, "" },
        { ContainerStatus.None, false, TaskStepKind.ResolveManifest, "waits ResolveManifest" },
        { ContainerStatus.ManifestPulled, false, TaskStepKind.PullImage, "waits PullImage" },
        { ContainerStatus.Pulled, false, TaskStepKind.CreateContainer, "waits CreateContainer" },
        { ContainerStatus.Created, false, TaskStepKind.StartContainer, "waits StartContainer" },
        { ContainerStatus.None, true, null, "NothingToStop" },
        { ContainerStatus.ManifestPulled, true, null, "NothingToStop" },
        { ContainerStatus.Pulled, true, null, "NothingToStop" },
        { ContainerStatus.Created, true, null, "NothingToStop" },
        { ContainerStatus.Running, true, null, "StopContainer" },
        { ContainerStatus.Stopped, true, null, "" },
        { ContainerStatus.None, true, TaskStepKind.ResolveManifest, "cancel NothingToStop" },
        { ContainerStatus.ManifestPulled, true, TaskStepKind.PullImage, "cancel NothingToStop" },
        { ContainerStatus.Pulled, true, TaskStepKind.CreateContainer, "cancel waits CreateContainer" },
        { ContainerStatus.Created, true, TaskStepKind.StartContainer, "cancel waits StartContainer" },
        { ContainerStatus.Running, true, TaskStepKind.StopContainer, "waits StopContainer" },
        { ContainerStatus.Running, true, TaskStepKind.InspectContainer, "cancel" },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public void Plan_FromEachState_IsTheNextMove(ContainerStatus known, bool stop, TaskStepKind? inFlight, string expected)
    {
        var up = known switch
        {
            ContainerStatus.None => Placed(Container("app", essential: false)),
            ContainerStatus.ManifestPulled => Placed(Container("app", essential: false)).Resolved("app"),
            ContainerStatus.Pulled => Placed(Container("app", essential: false)).Pulled("app"),
            ContainerStatus.Created => Placed(Container("app", essential: false)).Created("app"),
            ContainerStatus.Running => Placed(Container("app", essential: false)).Up("app"),
            _ => Placed(Container("app", essential: false)).Up("app").Ended("app"),
        };
        var plan = (stop ? up.StopRequested() : up).Plan(T0, inFlight is { } kind ? [StepOf(kind)] : []);

        string[] found =
        [
            .. plan.Cancel.Select(_ => "cancel"),
            .. plan.Verdicts.Select(v => v.GetType().Name),
            .. plan.Steps.Where(s => s.Lane == StepLane.Container).Select(s => s.Kind.ToString()),
            .. plan.Blocked.Values.OfType<BlockedOn.Step>().Select(b => $"waits {b.Kind}"),
        ];
        Assert.Equal(expected, string.Join(' ', found));
    }

    /// <summary>Essential or not; known and desired of it; the task's desired.</summary>
    public static TheoryData<bool, ContainerStatus, ContainerStatus, EcsTaskStatus> DesiredOf { get; } = new()
    {
        { true, ContainerStatus.Running, ContainerStatus.Running, EcsTaskStatus.Running },
        { true, ContainerStatus.Stopped, ContainerStatus.Running, EcsTaskStatus.Stopped },
        { true, ContainerStatus.Created, ContainerStatus.Stopped, EcsTaskStatus.Stopped },
        { false, ContainerStatus.Stopped, ContainerStatus.Running, EcsTaskStatus.Running },
        { false, ContainerStatus.Created, ContainerStatus.Stopped, EcsTaskStatus.Running },
    };

    [Theory]
    [MemberData(nameof(DesiredOf))]
    public void TaskDesired_AnEssentialContainerEndsOrIsTo_IsStopped(
        bool essential, ContainerStatus known, ContainerStatus desired, EcsTaskStatus expected)
    {
        var task = Placed(Container("app", essential), Container("other", essential: false));
        var set = (task with { Containers = [task.Of("app") with { Known = known, Desired = desired }, task.Of("other")] })
            .Apply(new TaskEvent.Woken(T0));

        Assert.Equal(expected, set.Desired);
        Assert.Equal(
            expected == EcsTaskStatus.Stopped ? ContainerStatus.Stopped : ContainerStatus.Running, set.Of("other").Desired);
    }

    private static TaskStep StepOf(TaskStepKind kind) => kind switch
    {
        TaskStepKind.ResolveManifest => new TaskStep.ResolveManifest("app"),
        TaskStepKind.PullImage => new TaskStep.PullImage("app", null),
        TaskStepKind.CreateContainer => new TaskStep.CreateContainer("app"),
        TaskStepKind.StartContainer => new TaskStep.StartContainer("app"),
        TaskStepKind.StopContainer => new TaskStep.StopContainer("app", TimeSpan.FromSeconds(30)),
        _ => new TaskStep.InspectContainer("app"),
    };
}
