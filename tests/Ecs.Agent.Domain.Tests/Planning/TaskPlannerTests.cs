using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Planning;

public sealed class TaskPlannerTests
{
    private static readonly TaskStep ClaimInFlight = new TaskStep.ClaimHostResources(new HostResourceNeed());

    [Fact]
    public void Plan_NewTask_ClaimsTheHostAndNamesWhatItWaitsFor()
    {
        var task = Admitted(Container("app") with { Cpu = 256 });

        Assert.Equal([new TaskStep.ClaimHostResources(HostResourceNeed.Of(task.Definition))], Containers(task.Plan()).AsEnumerable());
        Assert.Equal(256, Assert.IsType<BlockedOn.HostResource>(task.Plan().Blocked["app"]).Need.Cpu);
    }

    [Fact]
    public void Plan_ClaimInFlight_IsNotClaimedTwice() => Assert.Empty(Admitted(Container("app")).Plan(inFlight: ClaimInFlight).Steps);

    [Fact]
    public void Plan_EachState_HasItsNextStep()
    {
        var task = Placed(Container("app"));

        Assert.Equal(new TaskStep.ResolveManifest("app"), OnlyStep(task));
        Assert.Equal(new TaskStep.PullImage("app", "sha256:d"), OnlyStep(task.Resolved("app")));
        Assert.Equal(new TaskStep.CreateContainer("app"), OnlyStep(task.Pulled("app")));
        Assert.Equal(new TaskStep.StartContainer("app"), OnlyStep(task.Created("app")));
        Assert.Empty(Containers(task.Up("app").Plan()));
    }

    [Fact]
    public void Plan_SeveralContainers_MoveSideBySide() => Assert.Equal(
        [new TaskStep.StartContainer("a"), new TaskStep.ResolveManifest("b")],
        Containers(Placed(Container("a"), Container("b")).Created("a").Plan()).AsEnumerable());

    [Fact]
    public void Plan_StepInFlight_BlocksItsContainerOnly()
    {
        var plan = Placed(Container("a"), Container("b")).Plan(inFlight: new TaskStep.ResolveManifest("a"));

        Assert.Equal([new TaskStep.ResolveManifest("b")], plan.Steps.AsEnumerable());
        Assert.Equal(new BlockedOn.Step(TaskStepKind.ResolveManifest), plan.Blocked["a"]);
    }

    [Fact]
    public void Plan_DependencyNotMet_ResolvesTheManifestButPullsNothing()
    {
        var task = Placed(Container("db"), Container("app", true, On("db", DependencyCondition.Start)));

        Assert.Contains(new TaskStep.ResolveManifest("app"), task.Plan().Steps);
        var plan = task.Resolved("app").Plan();
        Assert.DoesNotContain(plan.Steps, s => s.Subject == "app");
        Assert.Equal(new BlockedOn.Dependency("db", DependencyCondition.Start), plan.Blocked["app"]);
    }

    [Fact]
    public void Plan_PullUpfront_PullsBeforeDependenciesAreMetButCreatesNothing()
    {
        var upfront = new PlanningContext { Now = T0, Policy = Policy with { PullUpfront = true } };
        var task = Placed(Container("db"), Container("app", true, On("db", DependencyCondition.Start)));

        Assert.Contains(new TaskStep.PullImage("app", "sha256:d"), TaskPlanner.Plan(task.Resolved("app"), upfront).Steps);
        Assert.DoesNotContain(TaskPlanner.Plan(task.Pulled("app"), upfront).Steps, s => s.Subject == "app");
    }

    [Fact]
    public void Plan_DependencyMet_GoesOnAtOnce() => Assert.Contains(
        new TaskStep.PullImage("app", "sha256:d"),
        Placed(Container("db"), Container("app", true, On("db", DependencyCondition.Start))).Resolved("app").Up("db").Plan().Steps);

    [Fact]
    public void Plan_DependencyNeverMet_ConcludesThatAndBeginsNothing()
    {
        var plan = Placed(
            Container("init", false), Container("app", true, On("init", DependencyCondition.Success)), Container("side", false))
            .Resolved("app").Up("init").Ended("init", 1).Plan();

        Assert.Equal("app", Assert.IsType<TaskEvent.DependencyFailed>(Assert.Single(plan.Verdicts)).Container);
        Assert.Empty(plan.Steps);
    }

    [Fact]
    public void Plan_DependencyWithStartTimeout_WakesWhenItIsOver()
    {
        var task = Placed(
            Container("db") with { StartTimeout = TimeSpan.FromSeconds(20), HasHealthCheck = true },
            Container("app", true, On("db", DependencyCondition.Healthy))).Resolved("app").Up("db");

        Assert.Equal(T0.AddSeconds(20), task.Plan().WakeAt);
        Assert.IsType<TaskEvent.DependencyFailed>(Assert.Single(task.Plan(T0.AddSeconds(20)).Verdicts));
    }

    [Fact]
    public void Plan_DeadlineOverForAContainerThatIsCreated_DoesNotWakeAgainAndAgain()
    {
        var task = Placed(
            Container("db") with { StartTimeout = TimeSpan.FromSeconds(20), HasHealthCheck = true },
            Container("app", true, On("db", DependencyCondition.Healthy))).Created("app").Up("db");
        var now = T0.AddSeconds(60);

        Assert.True(task.Plan(now).WakeAt > now);
    }

    [Fact]
    public void Plan_VolumeNotReady_MakesItAndHoldsThePullBack()
    {
        var task = WithVolume().Resolved("app");

        Assert.IsType<TaskStep.ProvisionResource>(OnlyStep(task));
        Assert.Equal(new BlockedOn.Resource("volume data"), task.Plan().Blocked["app"]);
        Assert.Contains(new TaskStep.PullImage("app", "sha256:d"), task.Apply(new TaskEvent.ResourceReady(T0, "volume data")).Plan().Steps);
    }

    [Fact]
    public void Plan_VolumeOfAStoppingTask_IsNotMade() => Assert.DoesNotContain(
        WithVolume().StopRequested().Plan().Steps, s => s is TaskStep.ProvisionResource);

    [Fact]
    public void Plan_ContainerEndedAndRestartDue_StartsItAgain()
    {
        var policy = new RestartPolicy { Enabled = true };
        var task = Placed(Container("app") with { RestartPolicy = policy }).Up("app").Ended("app", 1, T0.AddSeconds(1));

        Assert.Contains(new TaskStep.StartContainer("app"), task.Plan().Steps);
    }

    [Fact]
    public void Plan_StopWithRestartDue_NeedsNoWordToDocker()
    {
        var policy = new RestartPolicy { Enabled = true };
        var task = Placed(Container("app") with { RestartPolicy = policy }).Up("app").Ended("app", 1, T0.AddSeconds(1)).StopRequested();

        Assert.Equal("app", Assert.IsType<TaskEvent.NothingToStop>(Assert.Single(task.Plan().Verdicts)).Container);
    }

    [Fact]
    public void Plan_SomethingHeard_Looks()
    {
        var task = Placed(Container("app")).Up("app").Apply(new TaskEvent.LookNeeded(T0, "app"));

        Assert.Contains(new TaskStep.InspectContainer("app"), task.Plan().Steps);
    }

    [Fact]
    public void Plan_NothingHeardForLong_LooksAllTheSame()
    {
        var task = Settled(Placed(Container("app")).Up("app"));

        Assert.Equal(T0 + Policy.SteadyStateLook, task.Plan().WakeAt);
        Assert.Equal([new TaskStep.InspectContainer("app")], task.Plan(T0 + Policy.SteadyStateLook).Steps.AsEnumerable());
    }

    [Fact]
    public void Plan_StopOfARunningContainer_TakesItsGracePeriodOrTheDefault()
    {
        var task = Placed(Container("a") with { StopTimeout = TimeSpan.FromSeconds(5) }, Container("b")).Up("a").Up("b").StopRequested();

        Assert.Equal(
            [new TaskStep.StopContainer("a", TimeSpan.FromSeconds(5)), new TaskStep.StopContainer("b", TimeSpan.FromSeconds(30))],
            Containers(task.Plan()).AsEnumerable());
    }

    [Fact]
    public void Plan_Stop_GoesInTheReverseOrderOfDependencies()
    {
        var task = Placed(
            Container("db"),
            Container("app", true, On("db", DependencyCondition.Start)),
            Container("web", true, On("app", DependencyCondition.Healthy), On("db", DependencyCondition.Create)))
            .Up("db").Up("app").Up("web").StopRequested();

        Assert.Equal("web", OnlyStep(task).Subject);
        Assert.Equal(["app", "web"], Assert.IsType<BlockedOn.Dependants>(task.Plan().Blocked["db"]).Containers.AsEnumerable());
        Assert.Equal("app", OnlyStep(task.Ended("web", 143)).Subject);
        Assert.Equal("db", OnlyStep(task.Ended("web", 143).Ended("app", 143)).Subject);
    }

    public static TheoryData<string, bool> BeforeItExists { get; } = new()
    {
        { "none", false }, { "resolved", false }, { "pulled", false }, { "created", false }, { "resolving", true }, { "pulling", true },
    };

    [Theory]
    [MemberData(nameof(BeforeItExists))]
    public void Plan_StopBeforeItRuns_StopsAtOnceAndCancelsLookUpAndPull(string state, bool cancels)
    {
        var task = state switch
        {
            "resolved" or "pulling" => Placed(Container("app")).Resolved("app"),
            "pulled" => Placed(Container("app")).Pulled("app"),
            "created" => Placed(Container("app")).Created("app"),
            _ => Placed(Container("app")),
        };
        ImmutableArray<TaskStep> inFlight = state switch
        {
            "resolving" => [new TaskStep.ResolveManifest("app")],
            "pulling" => [new TaskStep.PullImage("app", null)],
            _ => [],
        };
        var plan = task.StopRequested().Plan(T0, inFlight);

        Assert.Equal("app", Assert.IsType<TaskEvent.NothingToStop>(Assert.Single(plan.Verdicts)).Container);
        Assert.Equal(cancels ? [StepSlot.OfContainer("app")] : [], plan.Cancel.AsEnumerable());
    }

    [Fact]
    public void Plan_StopWhileStarting_WaitsForTheStart()
    {
        var plan = Placed(Container("app")).Created("app").StopRequested().Plan(T0, new TaskStep.StartContainer("app"));

        Assert.Empty(plan.Verdicts);
        Assert.Empty(Containers(plan));
        Assert.Equal(new BlockedOn.Step(TaskStepKind.StartContainer), plan.Blocked["app"]);
        Assert.Equal([StepSlot.OfContainer("app")], plan.Cancel.AsEnumerable());
    }

    [Fact]
    public void Plan_StopWhileLooking_CancelsTheLook()
    {
        var plan = Placed(Container("app")).Up("app").StopRequested().Plan(T0, new TaskStep.InspectContainer("app"));

        Assert.Equal([StepSlot.OfContainer("app")], plan.Cancel.AsEnumerable());
    }

    [Fact]
    public void Plan_StoppedWhileItsClaimWaits_CancelsTheClaimThenReleases()
    {
        var task = Admitted(Container("app")).StopRequested().Apply(new TaskEvent.NothingToStop(T0, "app"));

        var plan = task.Plan(T0, ClaimInFlight);
        Assert.Equal([StepSlot.OfTask], plan.Cancel.AsEnumerable());
        Assert.DoesNotContain(plan.Steps, s => s.Kind == TaskStepKind.ReleaseHostResources);
        Assert.Contains(new TaskStep.ReleaseHostResources(), task.Plan().Steps);
    }

    [Fact]
    public void Plan_StoppedTask_GivesTheHostBackOnce()
    {
        var task = Placed(Container("app")).Up("app").Ended("app");

        Assert.Contains(new TaskStep.ReleaseHostResources(), task.Plan().Steps);
        Assert.DoesNotContain(new TaskStep.ReleaseHostResources(), task.Apply(new TaskEvent.HostResourcesReleased(T0)).Plan().Steps);
    }

    [Fact]
    public void Plan_ReportInFlight_SubmitsNothingElse()
    {
        var task = Placed(Container("app")).Up("app");
        var report = Assert.Single(task.Plan().Steps.OfType<TaskStep.SubmitReport>());

        Assert.DoesNotContain(task.Ended("app").Plan(T0, report).Steps, s => s.Kind == TaskStepKind.SubmitReport);
    }

    [Fact]
    public void Plan_StoppedButNotAcceptedYet_CleansNothingUp()
    {
        var task = Placed(Container("app")).Up("app").Ended("app").Apply(new TaskEvent.HostResourcesReleased(T0));

        Assert.DoesNotContain(task.Plan(T0.AddDays(1)).Steps, s => s.Kind is TaskStepKind.RemoveContainer or TaskStepKind.ForgetTask);
    }

    [Fact]
    public void Plan_CleanUp_WaitsThenRemovesContainersThenVolumesThenForgets()
    {
        var task = Over(WithVolume().Apply(new TaskEvent.ResourceReady(T0, "volume data")).Up("app").Ended("app"));
        var due = T0 + Policy.CleanupWait;

        Assert.Equal(due, task.Plan().WakeAt);
        Assert.Empty(task.Plan(due.AddTicks(-1)).Steps);
        Assert.Equal([new TaskStep.RemoveContainer("app")], task.Plan(due).Steps.AsEnumerable());
        task = task.Apply(new TaskEvent.ContainerRemoved(due, "app"));
        Assert.Equal([new TaskStep.RemoveResource(DataVolume)], task.Plan(due).Steps.AsEnumerable());
        task = task.Apply(new TaskEvent.ResourceRemoved(due, "volume data"));
        Assert.Equal([new TaskStep.ForgetTask()], task.Plan(due).Steps.AsEnumerable());
    }

    [Fact]
    public void Plan_CleanUpByCommand_DoesNotWait() => Assert.Equal(
        [new TaskStep.RemoveContainer("app")],
        Over(Placed(Container("app")).Up("app").Ended("app")).Apply(new TaskEvent.CleanUpRequested(T0)).Plan().Steps.AsEnumerable());

    [Fact]
    public void Plan_CleanUpOfACreationWithoutAnswer_TriesToRemoveWhatItMayHaveLeft()
    {
        var task = Over(WithVolume().Pulled("app").Failed("app", TaskStepKind.CreateContainer)).Apply(new TaskEvent.CleanUpRequested(T0));

        Assert.Null(task.Of("app").RuntimeId);
        Assert.Equal([new TaskStep.RemoveContainer("app")], task.Plan().Steps.AsEnumerable());
        Assert.Equal(
            [new TaskStep.RemoveResource(DataVolume)],
            task.Apply(new TaskEvent.ContainerRemoved(T0, "app")).Plan().Steps.AsEnumerable());
    }

    [Fact]
    public void Plan_ForgottenTaskOfRefusal_NeedsNoRemoval()
    {
        var task = Over(EcsTask.Refuse(Definition(Container("app")), "why", T0));

        Assert.Equal([new TaskStep.ForgetTask()], task.Plan(T0.AddDays(1)).Steps.AsEnumerable());
    }

    private static TaskResource DataVolume { get; } =
        new TaskResource.DockerVolume(new TaskVolume.TaskScoped { Name = "data", DockerName = "ecs-web-3-data-1" });

    private static EcsTask WithVolume() => Admitted(Definition(Container("app") with { MountPoints = [new("data", "/data", false)] }) with
    {
        Volumes = [((TaskResource.DockerVolume)DataVolume).Volume],
    }).Granted();

    /// <summary>The same with every report accepted and the host released.</summary>
    private static EcsTask Over(EcsTask task) => Settled(task).Apply(new TaskEvent.HostResourcesReleased(T0));

    private static EcsTask Settled(EcsTask task)
    {
        while (StateReports.Next(task, Policy, T0).Report is { } report)
        {
            task = task.Apply(new TaskEvent.ReportSettled(T0, report));
        }

        return task;
    }

    private static ImmutableArray<TaskStep> Containers(TaskPlan plan) => [.. plan.Steps.Where(s => s.Kind != TaskStepKind.SubmitReport)];

    private static TaskStep OnlyStep(EcsTask task) => Assert.Single(Containers(task.Plan()));

    [Theory]
    [InlineData(false, "TaskStoppedBeforePullBeginError: Task stopped before image pull could begin for task: " + Arn)]
    [InlineData(true, null)]
    public void Stop_OfAPullThatStillWaitsForItsPlace_IsTold(bool begun, string? reason)
    {
        var task = Placed(Container("app")).Resolved("app");
        task = (begun ? task.Apply(new TaskEvent.PullBegan(T0, "app")) : task).StopRequested();

        var verdict = Assert.Single(task.Plan(null, new TaskStep.PullImage("app", null)).Verdicts);

        Assert.Equal((ContainerStatus.Stopped, reason), (task.Apply(verdict).Of("app").Known, task.Apply(verdict).Of("app").Error?.Reason));
    }

    [Fact]
    public void Stop_BeforeThePullWasPlanned_IsNoError()
    {
        var task = Placed(Container("app")).Resolved("app").StopRequested();

        Assert.Null(task.Apply(Assert.Single(task.Plan().Verdicts)).Of("app").Error);
    }
}
