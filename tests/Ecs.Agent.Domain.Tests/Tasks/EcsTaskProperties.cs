using CsCheck;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class EcsTaskProperties
{
    private static readonly Gen<string> Name = Gen.OneOfConst("init", "app", "side", "nobody");
    private static readonly Gen<DateTimeOffset> Time = Gen.Int[-10, 600].Select(seconds => T0.AddSeconds(seconds));
    private static readonly Gen<TaskStepKind> StepKind = Gen.Enum<TaskStepKind>();

    private static readonly Gen<ContainerObservation> Observation =
        Gen.Select(Gen.Enum<ObservedState>(), Gen.OneOfConst<int?>(null, 0, 1, 137), Time, Gen.Enum<HealthStatus>()).Select((state, exit, at, health) =>
            new ContainerObservation
            {
                State = state,
                RuntimeId = state == ObservedState.Missing ? null : "id",
                ExitCode = state == ObservedState.Stopped ? exit : null,
                StartedAt = state is ObservedState.Running or ObservedState.Stopped ? T0 : null,
                FinishedAt = state == ObservedState.Stopped ? at : null,
                Health = health,
            });

    private static readonly Gen<TaskStateReport> Report = Gen.Select(Gen.Enum<ReportedStatus>(), Name, Gen.Enum<ReportedStatus>()).Select(
        (task, name, container) => new TaskStateReport
        {
            TaskArn = Arn,
            Status = task,
            Containers = [new ContainerStateReport { ContainerName = name, Status = container }],
        });

    private static readonly Gen<TaskEvent> Event = Gen.OneOf<TaskEvent>(
        Time.Select(at => (TaskEvent)new TaskEvent.StopRequested(at)),
        Time.Select(at => (TaskEvent)new TaskEvent.HostResourcesGranted(at)),
        Time.Select(at => (TaskEvent)new TaskEvent.HostResourcesReleased(at)),
        Time.Select(at => (TaskEvent)new TaskEvent.HostResourcesRefused(at, "too much")),
        Gen.Select(Time, Name, Gen.Bool).Select((at, name, pull) => (TaskEvent)new TaskEvent.ManifestResolved(at, name, "sha256:x", pull)),
        Gen.Select(Time, Name).Select((at, name) => (TaskEvent)new TaskEvent.PullBegan(at, name)),
        Gen.Select(Time, Name).Select((at, name) => (TaskEvent)new TaskEvent.ImagePulled(at, name)),
        Gen.Select(Time, Name).Select((at, name) => (TaskEvent)new TaskEvent.ContainerCreated(at, name, "id")),
        Gen.Select(Time, Gen.Int[0, 3], Name, Observation).Select(
            (at, n, name, o) => (TaskEvent)new TaskEvent.ContainerStarted(at, n, name, o)),
        Gen.Select(Time, Gen.Int[0, 3], Name, Observation).Select(
            (at, n, name, o) => (TaskEvent)new TaskEvent.ContainerObserved(at, n, name, o)),
        Gen.Select(Time, Name).Select((at, name) => (TaskEvent)new TaskEvent.LookNeeded(at, name)),
        Gen.Select(Time, Name, Gen.Enum<HealthStatus>()).Select((at, name, h) => (TaskEvent)new TaskEvent.HealthChanged(at, name, h)),
        Gen.Select(Time, Name, StepKind, Gen.Bool).Select(
            (at, name, kind, fatal) => (TaskEvent)new TaskEvent.StepFailed(at, name, kind, new ContainerError("E", "m"), fatal)),
        Gen.Select(Time, Name).Select((at, name) => (TaskEvent)new TaskEvent.DependencyFailed(at, name, new ContainerError("E", "m"))),
        Gen.Select(Time, Name).Select((at, name) => (TaskEvent)new TaskEvent.NothingToStop(at, name)),
        Time.Select(at => (TaskEvent)new TaskEvent.ResourceReady(at, "volume data")),
        Time.Select(at => (TaskEvent)new TaskEvent.ResourceFailed(at, "volume data", "no")),
        Time.Select(at => (TaskEvent)new TaskEvent.ResourceRemoved(at, "volume data")),
        Gen.Select(Time, Name).Select((at, name) => (TaskEvent)new TaskEvent.ContainerRemoved(at, name)),
        Time.Select(at => (TaskEvent)new TaskEvent.CleanUpRequested(at)),
        Gen.Select(Time, Report).Select((at, report) => (TaskEvent)new TaskEvent.ReportSettled(at, report)),
        Time.Select(at => (TaskEvent)new TaskEvent.Woken(at)));

    [Fact]
    public void Apply_AnyEventsInAnyOrder_NothingGoesBack() => Event.Array[0, 60].Sample(events =>
    {
        var before = Task();
        foreach (var taskEvent in events)
        {
            var after = before.Apply(taskEvent);
            Assert.True(after.Known >= before.Known && after.Desired >= before.Desired && after.Sent >= before.Sent, taskEvent.ToString());
            Assert.True(after.HostResources >= before.HostResources, taskEvent.ToString());
            foreach (var (was, now) in before.Containers.Zip(after.Containers))
            {
                Assert.True(now.Known >= was.Known && now.Desired >= was.Desired && now.Sent >= was.Sent, taskEvent.ToString());
                Assert.True(was.Error is null || now.Error == was.Error, taskEvent.ToString());
            }

            before = after;
        }
    });

    [Fact]
    public void Apply_TheSameEventAgain_TellsNothingNewOfTheStates() => Event.Array[1, 40].Sample(events =>
    {
        var once = events.Aggregate(Task(), (task, e) => task.Apply(e));
        var twice = once.Apply(events[^1]);
        Assert.Equal((once.Known, once.Desired, once.Sent), (twice.Known, twice.Desired, twice.Sent));
        Assert.Equal(once.Containers.Select(c => c.Known), twice.Containers.Select(c => c.Known));
    });

    [Fact]
    public void Plan_AfterAnyEvents_IsTotalAndSettles() => Gen.Select(Event.Array[0, 60], Time).Sample((events, now) =>
    {
        var task = events.Aggregate(Task(), (t, e) => t.Apply(e));
        var plan = task.Plan(now);
        for (var round = 0; !plan.Verdicts.IsEmpty; round++)
        {
            Assert.True(round < 10, "The planner concludes without end.");
            Assert.Empty(plan.Steps);
            task = plan.Verdicts.Aggregate(task, (t, e) => t.Apply(e));
            plan = task.Plan(now);
        }

        Assert.Equal(plan.Steps.Length, plan.Steps.Select(s => s.Slot).Distinct().Count());
        Assert.True(plan.WakeAt is null || plan.WakeAt > now);
    });

    [Fact]
    public void Plan_AnythingThatShouldMove_MovesOrIsNamedOrWakes() => Gen.Select(Event.Array[0, 60], Time).Sample((events, now) =>
    {
        var task = events.Aggregate(Task(), (t, e) => t.Apply(e));
        var plan = task.Plan(now);
        while (!plan.Verdicts.IsEmpty)
        {
            task = plan.Verdicts.Aggregate(task, (t, e) => t.Apply(e));
            plan = task.Plan(now);
        }

        foreach (var container in task.Containers.Where(c => c.Known != ContainerStatus.Stopped))
        {
            var moves = plan.Steps.Any(s => s.Slot == StepSlot.OfContainer(container.Name));
            var named = plan.Blocked.ContainsKey(container.Name);
            var up = container.IsRunning && container.Desired != ContainerStatus.Stopped && plan.WakeAt is not null;
            Assert.True(moves || named || up, $"{container.Name} is {container.Known}->{container.Desired} and nothing is said of it");
        }
    });

    private static EcsTask Task() => Admitted(Definition(
        Container("init", essential: false) with { HasHealthCheck = true, StartTimeout = TimeSpan.FromSeconds(30) },
        Container("app", true, On("init", DependencyCondition.Success)) with
        {
            MountPoints = [new("data", "/data", false)],
            RestartPolicy = new RestartPolicy { Enabled = true, AttemptPeriod = TimeSpan.FromSeconds(10) },
        },
        Container("side", false, On("init", DependencyCondition.Healthy), On("app", DependencyCondition.Start))) with
    {
        Volumes = [new TaskVolume.TaskScoped { Name = "data", DockerName = "ecs-web-3-data-1" }],
    });
}
