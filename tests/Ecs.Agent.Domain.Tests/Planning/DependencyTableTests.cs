using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Planning;

/// <summary>
/// Every condition against every state that a dependency can be in, how far the one that waits has come, whether pulls wait, and the start
/// timeout: what the waiting container does next, to the letter of the text.
/// </summary>
public sealed class DependencyTableTests
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A state and the answer to CREATE, START, COMPLETE, SUCCESS, HEALTHY: + met, . not yet, b to d never, with the text of that letter.
    /// </summary>
    private static readonly (string State, EcsContainer Container, string Shown, string Answers)[] States =
    [
        ("new", Be(ContainerStatus.None), "(NONE->RUNNING)", "....."),
        ("looked up", Be(ContainerStatus.ManifestPulled), "(MANIFEST_PULLED->RUNNING)", "....."),
        ("pulled", Be(ContainerStatus.Pulled), "(PULLED->RUNNING)", "....."),
        ("created", Be(ContainerStatus.Created), "(CREATED->RUNNING)", "+...."),
        ("running", Be(ContainerStatus.Running), "(RUNNING->RUNNING)", "++..."),
        ("healthy", Be(ContainerStatus.Running, health: HealthStatus.Healthy), "(RUNNING->RUNNING)", "++..+"),
        ("unhealthy", Be(ContainerStatus.Running, health: HealthStatus.Unhealthy), "(RUNNING->RUNNING)", "++..."),
        ("set up", Be(ContainerStatus.ResourcesProvisioned), "(RESOURCES_PROVISIONED->RUNNING)", "++..."),
        ("ended 0", Over(exitCode: 0), "(STOPPED->RUNNING) - Exit: 0", "++++d"),
        ("ended 5", Over(exitCode: 5), "(STOPPED->RUNNING) - Exit: 5", "+++cd"),
        ("ended 137", Over(exitCode: 137), "(STOPPED->RUNNING) - Exit: 137", "+++cd"),
        ("ended healthy", Over(exitCode: 0) with { Health = HealthStatus.Healthy }, "(STOPPED->RUNNING) - Exit: 0", "++++d"),
        ("vanished", Over(exitCode: null), "(STOPPED->RUNNING)", "++dcd"),
        ("given up", NeverRan(ContainerStatus.None, exitCode: 143), "(STOPPED->STOPPED) - Exit: 143", "dd+cd"),
        ("create failed", NeverRan(ContainerStatus.None), "(STOPPED->STOPPED)", "dddcd"),
        ("start failed", NeverRan(ContainerStatus.Created), "(STOPPED->STOPPED)", "+ddcd"),
        ("new, to stop", Be(ContainerStatus.None, stop: true), "(NONE->STOPPED)", "ddddd"),
        ("pulled, to stop", Be(ContainerStatus.Pulled, stop: true), "(PULLED->STOPPED)", "ddddd"),
        ("created, to stop", Be(ContainerStatus.Created, stop: true), "(CREATED->STOPPED)", "+dddd"),
        ("running, to stop", Be(ContainerStatus.Running, stop: true), "(RUNNING->STOPPED)", "++..."),
        ("healthy, to stop", Be(ContainerStatus.Running, HealthStatus.Healthy, stop: true), "(RUNNING->STOPPED)", "++..+"),
    ];

    private static readonly ContainerStatus[] Targets =
        [ContainerStatus.None, ContainerStatus.ManifestPulled, ContainerStatus.Pulled, ContainerStatus.Created];

    /// <summary>Each with whether a wait for it can time out.</summary>
    private static readonly (DependencyCondition Condition, bool TimesOut)[] Conditions =
    [
        (DependencyCondition.Create, false),
        (DependencyCondition.Start, false),
        (DependencyCondition.Complete, true),
        (DependencyCondition.Success, true),
        (DependencyCondition.Healthy, true),
    ];

    public static TheoryData<string> StateNames { get; } = [.. States.Select(s => s.State)];

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Plan_OfADependant_FollowsTheTable(string state)
    {
        var (_, dependency, shown, answers) = States.Single(s => s.State == state);
        foreach (var ((condition, timesOut), answer) in Conditions.Zip(answers))
        {
            foreach (var target in Targets)
            {
                foreach (var (timeout, now) in ((TimeSpan, TimeSpan)[])[
                    (TimeSpan.Zero, TimeSpan.FromDays(9)), (StartTimeout, StartTimeout - TimeSpan.FromTicks(1)), (StartTimeout, StartTimeout)])
                {
                    var over = timeout > TimeSpan.Zero && now >= timeout && timesOut && target < ContainerStatus.Created
                        && dependency.StartedAt is not null;
                    foreach (var upfront in (bool[])[false, true])
                    {
                        var expected = Expected(answer == '.' && over ? 'b' : answer, condition, target, upfront, shown);
                        var found = Found(dependency, condition, target, upfront, timeout, T0 + now);
                        Assert.True(
                            expected == found, $"{condition} {target} timeout {timeout} at {now} upfront {upfront}:\n{expected}\n{found}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(ContainerStatus.ManifestPulled, "MANIFEST_PULLED")]
    [InlineData(ContainerStatus.Pulled, "PULLED")]
    [InlineData(ContainerStatus.Created, "CREATED")]
    public void Plan_DependencyThatIsNotThere_HasTextA(ContainerStatus target, string shown)
    {
        var task = Placed(Container("app", true, On("gone", DependencyCondition.Start)));

        Assert.Equal(
            "CannotStartContainerError: dependency graph: container ordering dependency [<nil>] for target "
            + $"[app(repo/app:1) ({shown}->RUNNING)] does not exist.",
            Show(With(task, Be(target) with { Definition = task.Of("app").Definition }).Plan()));
    }

    private static string Expected(char answer, DependencyCondition condition, ContainerStatus target, bool upfront, string shown)
    {
        var step = target switch
        {
            ContainerStatus.None => "ResolveManifest",
            ContainerStatus.ManifestPulled => "PullImage",
            ContainerStatus.Pulled => "CreateContainer",
            _ => "StartContainer",
        };
        if (answer == '+' || target == ContainerStatus.None || (upfront && target == ContainerStatus.ManifestPulled))
        {
            return step;
        }

        var app = target switch
        {
            ContainerStatus.ManifestPulled => "[app(repo/app:1) (MANIFEST_PULLED->RUNNING)]",
            ContainerStatus.Pulled => "[app(repo/app:1) (PULLED->RUNNING)]",
            _ => "[app(repo/app:1) (CREATED->RUNNING)]",
        };
        var init = $"[init(repo/init:1) {shown}]";
        return answer switch
        {
            '.' => $"waits for init {condition}",
            'b' => $"CannotStartContainerError: dependency graph: container ordering dependency {init} for target {app} has timed out.",
            'c' => "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
                + $"{init} for target {app} as dependency did not exit successfully.",
            _ => "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
                + $"{init} for target {app} because dependency will never start",
        };
    }

    private static string Found(
        EcsContainer dependency, DependencyCondition condition, ContainerStatus target, bool upfront, TimeSpan timeout, DateTimeOffset now)
    {
        var task = Placed(
            Container("init", essential: false) with { StartTimeout = timeout, HasHealthCheck = true },
            Container("app", true, On("init", condition)));
        var set = With(
            With(task, dependency with { Definition = task.Of("init").Definition }),
            Be(target) with { Definition = task.Of("app").Definition });

        // Its stop is on its way, so that no verdict about the dependency withholds the steps of the one that waits.
        TaskStep[] inFlight = dependency.Desired == ContainerStatus.Stopped ? [new TaskStep.StopContainer("init", TimeSpan.Zero)] : [];
        return Show(TaskPlanner.Plan(set, new PlanningContext
        {
            Now = now,
            Policy = Policy with { PullUpfront = upfront },
            InFlight = inFlight.ToDictionary(step => step.Slot),
        }));
    }

    /// <summary>What the plan says of <c>app</c>.</summary>
    private static string Show(TaskPlan plan) =>
        plan.Verdicts.OfType<TaskEvent.DependencyFailed>().SingleOrDefault(v => v.Container == "app") is { } failed ? failed.Error.Reason
        : plan.Blocked.GetValueOrDefault("app") is BlockedOn.Dependency blocked ? $"waits for {blocked.Container} {blocked.Condition}"
        : plan.Steps.Single(s => s is { Lane: StepLane.Container, Subject: "app" }).Kind.ToString();

    private static EcsTask With(EcsTask task, EcsContainer container) => task with
    {
        Containers = [.. task.Containers.Select(c => c.Name == container.Name ? container : c)],
    };

    private static EcsContainer Be(ContainerStatus known, HealthStatus health = HealthStatus.Unknown, bool stop = false) => new()
    {
        Definition = Container("any"),
        DockerName = "any",
        Known = known,
        KnownSince = T0,
        Desired = stop ? ContainerStatus.Stopped : ContainerStatus.Running,
        RuntimeId = known >= ContainerStatus.Created ? "id" : null,
        StartedAt = known >= ContainerStatus.Running ? T0 : null,
        UpSince = known >= ContainerStatus.Running ? T0 : null,
        LastLookAt = T0.AddDays(9),
        Health = health,
    };

    private static EcsContainer Over(int? exitCode) => Be(ContainerStatus.Running) with { Known = ContainerStatus.Stopped, ExitCode = exitCode };

    private static EcsContainer NeverRan(ContainerStatus cameTo, int? exitCode = null) =>
        Be(cameTo, stop: true) with { Known = ContainerStatus.Stopped, ExitCode = exitCode };
}
