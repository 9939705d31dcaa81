using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Explaining;

public sealed class WaitTests
{
    private const string Arns = "arn:aws:ecs:eu-central-1:123456789012:task/default/";

    public static TheoryData<DependencyCondition, string> Demands { get; } = new()
    {
        { DependencyCondition.Create, "waits for db to be created since 00:00:00 UTC (5 s); db is NONE since 00:00:00 UTC (5 s)" },
        { DependencyCondition.Start, "waits for db to start since 00:00:00 UTC (5 s); db is NONE since 00:00:00 UTC (5 s)" },
        { DependencyCondition.Complete, "waits for db to end since 00:00:00 UTC (5 s); db is NONE since 00:00:00 UTC (5 s)" },
        { DependencyCondition.Success, "waits for db to end with exit code 0 since 00:00:00 UTC (5 s); db is NONE since 00:00:00 UTC (5 s)" },
        { DependencyCondition.Healthy, "waits for db to become HEALTHY since 00:00:00 UTC (5 s); db is NONE since 00:00:00 UTC (5 s)" },
    };

    public static TheoryData<TaskStep, string> Steps { get; } = new()
    {
        { new TaskStep.ResolveManifest("app"), "has its image's digest looked up in the registry since 00:00:02 UTC (3 s)" },
        { new TaskStep.CreateContainer("app"), "is being created: waits for a place among the launches or for Docker's answer since 00:00:02 UTC (3 s)" },
        { new TaskStep.StartContainer("app"), "is being started: waits for a place among the launches or for Docker's answer since 00:00:02 UTC (3 s)" },
        { new TaskStep.InspectContainer("app"), "is being looked at: waits for Docker's answer since 00:00:02 UTC (3 s)" },
    };

    public static TheoryData<PullState?, string> Pulls { get; } = new()
    {
        { null, "pulls repo/app:1 since 00:00:02 UTC (3 s)" },
        { Pull(3, 0, 0), "waits for its turn to pull repo/app:1 since 00:00:02 UTC (3 s); it is 3rd in the pull queue" },
        { Pull(0, 0, 0), "pulls repo/app:1 since 00:00:02 UTC (3 s); the registry has not said yet how big it is" },
        { Pull(0, 1_500_000, 4_000_000), "pulls repo/app:1 since 00:00:02 UTC (3 s); 1.5 MB of 4.0 MB are here, 2.5 MB to go" },
    };

    [Theory]
    [MemberData(nameof(Demands))]
    public void Dependency_NotMet_SaysWhatTheOtherMustDoAndWhereItIs(DependencyCondition condition, string expected)
    {
        var task = Placed(Container("db") with { HasHealthCheck = true }, Container("app", true, On("db", condition))).Resolved("app");
        var explained = task.Explain(T0.AddSeconds(5));

        Assert.Equal(new Wait.Dependency(T0, "db", condition, Deadline: null), explained.WaitOf("app"));
        Assert.Equal(expected, ExplanationText.Describe(explained.WaitOf("app"), explained));
    }

    [Theory]
    [InlineData(HealthStatus.Unknown, "db is RUNNING since 00:00:00 UTC (5 s) and its health check has not passed yet")]
    [InlineData(HealthStatus.Unhealthy, "db is RUNNING since 00:00:00 UTC (5 s) and its health check fails")]
    public void Dependency_NotHealthy_SaysWhatTheHealthCheckSaysAndUntilWhen(HealthStatus health, string expected)
    {
        var db = Container("db") with { HasHealthCheck = true, StartTimeout = TimeSpan.FromSeconds(90) };
        var explained = Placed(db, Container("app", true, On("db", DependencyCondition.Healthy)))
            .Resolved("app").Up("db").Apply(new TaskEvent.HealthChanged(T0, "db", health)).Explain(T0.AddSeconds(5));

        Assert.Equal(new Wait.Dependency(T0, "db", DependencyCondition.Healthy, T0.AddSeconds(90)), explained.WaitOf("app"));
        var text = ExplanationText.Describe(explained.WaitOf("app"), explained);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.EndsWith("; it is given up at 00:01:30 UTC (in 1 min 25 s), the other's startTimeout", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Dependencies_SeveralNotMet_AreAllNamedEachWithItsOwnDeadline()
    {
        var slow = Container("slow", essential: false) with { StartTimeout = TimeSpan.FromSeconds(60) };
        var app = Container("app", true, On("slow", DependencyCondition.Success), On("db", DependencyCondition.Start));
        var explained = Placed(slow, Container("db"), app).Resolved("app").Up("slow").Explain();

        Assert.Equal(
            [
                new Wait.Dependency(T0, "slow", DependencyCondition.Success, T0.AddSeconds(60)),
                new Wait.Dependency(T0, "db", DependencyCondition.Start, Deadline: null),
            ],
            explained.Find("app")!.Waits.AsEnumerable());
    }

    [Fact]
    public void Dependants_StillUp_AreWaitedForAtTheStop()
    {
        var task = Placed(Container("db"), Container("app", true, On("db", DependencyCondition.Start))).Up("db").Up("app");
        var explained = task.StopRequested().Explain(inFlight: new TaskStep.StopContainer("app", TimeSpan.FromSeconds(30)).Since(0));

        Assert.Equal(["app"], Assert.IsType<Wait.Dependants>(explained.WaitOf("db")).Containers.AsEnumerable());
        Assert.Equal("is stopped after app, which depends on it", ExplanationText.Describe(explained.WaitOf("db"), explained));
    }

    [Fact]
    public void StopInFlight_SaysWhenItWillBeKilled()
    {
        var stop = new TaskStep.StopContainer("app", TimeSpan.FromSeconds(30)).Since(2);
        var explained = Placed(Container("app")).Up("app").StopRequested().Explain(T0.AddSeconds(5), inFlight: stop);

        Assert.Equal(new Wait.StopSignal(T0.AddSeconds(2), T0.AddSeconds(32)), explained.WaitOf("app"));
        Assert.Equal(
            "was sent its stop signal since 00:00:02 UTC (3 s) and is killed at 00:00:32 UTC (in 27 s) if it has not ended by then",
            ExplanationText.Describe(explained.WaitOf("app"), explained));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void StepInFlight_SaysWhichAndSinceWhen(TaskStep step, string expected)
    {
        var explained = Placed(Container("app")).Pulled("app").Explain(T0.AddSeconds(5), inFlight: step.Since(2));

        Assert.Equal(new Wait.Step(T0.AddSeconds(2), step.Kind), explained.WaitOf("app"));
        Assert.Equal(expected, ExplanationText.Describe(explained.WaitOf("app"), explained));
    }

    [Theory]
    [MemberData(nameof(Pulls))]
    public void Pull_SaysItsPlaceInTheQueueOrTheBytesLeft(PullState? pull, string expected)
    {
        ImmutableArray<PullState> queue = pull is null ? [] : [pull with { Image = "repo/other:1" }, pull with { TaskArns = ["other"] }, pull];
        var explained = Placed(Container("app")).Resolved("app")
            .Explain(T0.AddSeconds(5), pulls: queue, inFlight: new TaskStep.PullImage("app", null).Since(2));

        Assert.Equal(new Wait.ImagePull(T0.AddSeconds(2), "repo/app:1", pull), explained.WaitOf("app"));
        Assert.Equal(expected, ExplanationText.Describe(explained.WaitOf("app"), explained));
    }

    [Fact]
    public void Volume_BeingMade_IsNamedWithItsTime()
    {
        var definition = Definition(Container("app") with { MountPoints = [new("data", "/data", false)] }) with
        {
            Volumes = [new TaskVolume.TaskScoped { Name = "data", DockerName = "ecs-web-3-data-1" }],
        };
        var provision = new TaskStep.ProvisionResource(new TaskResource.DockerVolume(definition.Volumes[0])).Since(1);
        var explained = Admitted(definition).Granted().Resolved("app").Explain(T0.AddSeconds(5), inFlight: provision);

        Assert.Equal(new Wait.Resource(T0.AddSeconds(1), "volume data"), explained.WaitOf("app"));
        Assert.Equal("waits for volume data, which is being made since 00:00:01 UTC (4 s)", ExplanationText.Describe(explained.WaitOf("app"), explained));
    }

    [Fact]
    public void Credentials_Missing_AreNamedByTheirRole()
    {
        var plan = new TaskPlan { Blocked = ImmutableSortedDictionary<string, BlockedOn>.Empty.Add("app", new BlockedOn.Credentials("puller")) };
        var explained = TaskExplainer.Explain(
            new TaskSituation(Placed(Container("app")), plan, []), HostResourceQueue.Unopened, [], T0.AddSeconds(5));

        Assert.Equal(new Wait.Credentials(T0, "puller"), explained.WaitOf("app"));
        Assert.Equal(
            "waits for the credentials of the puller, which the control plane has not sent since 00:00:00 UTC (5 s)",
            ExplanationText.Describe(explained.WaitOf("app"), explained));
    }

    [Fact]
    public void HostResources_BeforeTheRegistration_AreUnknown()
    {
        var explained = Admitted(Container("app")).Explain(T0.AddSeconds(5));

        Assert.Equal(new Wait.Registration(T0), Assert.Single(explained.Waits));
        Assert.Contains("until this agent is registered", ExplanationText.Summary(explained), StringComparison.Ordinal);
    }

    [Fact]
    public void HostResources_NotFree_SaysHowMuchThereIsWhoHoldsItAndThePlaceInLine()
    {
        var task = Admitted(Definition(Container("app") with { Cpu = 512, MemoryMiB = 300 }));
        var queue = Machine(cpu: 1024, memory: 1000)
            .Seize(Arns + "big", new HostResourceNeed { Cpu = 128, MemoryMiB = 600 })
            .Seize(Arns + "small", new HostResourceNeed { Cpu = 128, MemoryMiB = 200 })
            .Claim(Arns + "ahead", new HostResourceNeed { MemoryMiB = 900 }).Queue
            .Claim(task.Arn, HostResourceNeed.Of(task.Definition)).Queue;
        var explained = task.Explain(T0.AddSeconds(5), queue);

        var wait = Assert.IsType<Wait.HostResources>(Assert.Single(explained.Waits));
        var shortage = Assert.Single(wait.Shortages);
        Assert.Equal((HostResourceKind.Memory, 300, 200, 1000), (shortage.Kind, shortage.Wanted, shortage.Free, shortage.Total));
        Assert.Equal([new HostShare(Arns + "big", 600), new HostShare(Arns + "small", 200)], shortage.Holders.AsEnumerable());
        Assert.Equal((2, Arns + "ahead"), (wait.Place, Assert.Single(wait.Ahead)));
        Assert.Empty(explained.Find("app")!.Waits);
        Assert.Equal(
            "waits for this machine's resources since 00:00:00 UTC (5 s): memory: 300 MiB wanted, 200 of 1000 MiB free, "
            + "held by task big (600 MiB), task small (200 MiB); it is 2nd in line, behind ahead",
            ExplanationText.Summary(explained));
    }

    [Fact]
    public void HostResources_FreeButBehindOthers_BlamesTheLine()
    {
        var task = Admitted(Definition(Container("app") with { MemoryMiB = 10 }));
        var queue = Machine(1024, 1000)
            .Seize(Arns + "holder", new HostResourceNeed { MemoryMiB = 500 })
            .Claim(Arns + "ahead", new HostResourceNeed { MemoryMiB = 900 }).Queue
            .Claim(task.Arn, HostResourceNeed.Of(task.Definition)).Queue;
        var explained = task.Explain(queue: queue);

        Assert.Empty(Assert.IsType<Wait.HostResources>(Assert.Single(explained.Waits)).Shortages);
        Assert.EndsWith("what it needs is free, but it is 2nd in line, behind ahead", ExplanationText.Summary(explained), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TransportProtocol.Tcp, HostResourceKind.TcpPort, "TCP port 8080 is held by task holder; it is first in line")]
    [InlineData(TransportProtocol.Udp, HostResourceKind.UdpPort, "UDP port 8080 is held by task holder; it is first in line")]
    public void HostResources_PortTaken_NamesItsHolder(TransportProtocol protocol, HostResourceKind kind, string expected)
    {
        var container = Container("app") with { PortMappings = [new PortMapping { ContainerPort = 80, HostPort = 8080, Protocol = protocol }] };
        var task = Admitted(Definition(container));
        var need = HostResourceNeed.Of(task.Definition);
        var queue = Machine(1024, 1000).Seize(Arns + "holder", need).Claim(task.Arn, need).Queue;
        var explained = task.Explain(queue: queue);

        var shortage = Assert.Single(Assert.IsType<Wait.HostResources>(Assert.Single(explained.Waits)).Shortages);
        Assert.Equal((kind, 8080, Arns + "holder"), (shortage.Kind, shortage.Wanted, Assert.Single(shortage.Holders).TaskArn));
        Assert.EndsWith(expected, ExplanationText.Summary(explained), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_NotAccepted_IsWaitedForByTheTask()
    {
        var task = Placed(Container("app")).Up("app");
        var report = Assert.Single(task.Plan().Steps.OfType<TaskStep.SubmitReport>());
        var explained = task.Explain(T0.AddSeconds(5), inFlight: report.Since(1));

        Assert.Equal(new Wait.Step(T0.AddSeconds(1), TaskStepKind.SubmitReport), Assert.Single(explained.Waits));
    }

    [Fact]
    public void StoppedTask_WaitsForItsCleanUp()
    {
        var task = Placed(Container("app")).Up("app").Ended("app") with { Sent = EcsTaskStatus.Stopped, HostResources = HostResourceClaim.Released };
        var explained = task.Explain(T0.AddMinutes(1));

        Assert.Equal(new Wait.CleanUp(T0, T0 + Policy.CleanupWait), Assert.Single(explained.Waits));
        Assert.Empty(explained.Find("app")!.Waits);
        Assert.Equal(
            "has its containers and volumes removed at 03:00:00 UTC (in 2 h 59 min)",
            ExplanationText.Describe(explained.Waits[0], explained));
    }

    [Fact]
    public void TaskThatIsWhereItShouldBe_WaitsForNothing()
    {
        var look = new TaskStep.InspectContainer("app").Since(0);
        var explained = Placed(Container("app") with { HasHealthCheck = true }).Up("app")
            .Apply(new TaskEvent.HealthChanged(T0, "app", HealthStatus.Unhealthy)).Explain(T0.AddSeconds(61), inFlight: look);

        Assert.Empty(explained.Waits);
        Assert.Empty(explained.Find("app")!.Waits);
        Assert.Null(explained.Stop);
        Assert.Equal("runs since 00:00:00 UTC (1 min 1 s); app is UNHEALTHY", ExplanationText.Summary(explained));
        Assert.Equal("RUNNING since 00:00:00 UTC (1 min 1 s), health UNHEALTHY", ExplanationText.State(explained.Find("app")!, explained.At));
    }

    private static HostResourceQueue Machine(int cpu, int memory) => HostResourceQueue.Of(new HostResourceNeed { Cpu = cpu, MemoryMiB = memory });

    private static PullState Pull(int position, long downloaded, long total) => new("repo/app:1", null, [Arn], position, downloaded, total);
}
