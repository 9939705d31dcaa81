using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class DependencyTests
{
    public static TheoryData<DependencyCondition, string> Conditions { get; } = new()
    {
        { DependencyCondition.Create, "create" },
        { DependencyCondition.Start, "start" },
        { DependencyCondition.Complete, "exit 1" },
        { DependencyCondition.Success, "exit 0" },
        { DependencyCondition.Healthy, "healthy" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task Dependant_StartsOnlyWhenTheConditionIsMet(DependencyCondition condition, string met)
    {
        await using var agent = await StartAsync();
        using var create = agent.Runtime.Hold(RuntimeOperation.CreateContainer, "db");
        using var start = agent.Runtime.Hold(RuntimeOperation.StartContainer, "db");
        await agent.RunAsync(
            Definition(Container("db", false) with { HasHealthCheck = true }, Container("app", true, On("db", condition))));

        await UntilBlockedAsync(agent, condition);
        create.Release();
        if (met != "create")
        {
            await start.Reached;
            await UntilBlockedAsync(agent, condition);
            start.Release();
        }

        if (met is not ("create" or "start"))
        {
            await agent.UntilAsync(t => t.Find("db")!.IsRunning);
            await UntilBlockedAsync(agent, condition);
            Meet(agent, met);
        }

        await agent.UntilAsync(t => t.Find("app")!.IsRunning);
    }

    [Fact]
    public async Task Dependant_OfAFailedDependency_IsGivenUpWithTheExactReason()
    {
        await using var agent = await StartAsync();
        using var create = agent.Runtime.Hold(RuntimeOperation.CreateContainer, "init");
        await agent.RunAsync(Definition(Container("init", false), Container("app", true, On("init", DependencyCondition.Success))));
        await agent.UntilReportedAsync(EcsTaskStatus.ManifestPulled);
        create.Release();
        await agent.UntilAsync(t => t.Find("init")!.IsRunning);
        agent.Clock.Advance(TimeSpan.FromSeconds(1));

        agent.Exit("init", 5);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            [
                "PENDING: init PENDING digest, app PENDING digest",
                "STOPPED pulled ended: init RUNNING id digest, init STOPPED id digest exit 5, app STOPPED digest exit 143 "
                + "\"CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
                + "[init(repo/init:1) (STOPPED->RUNNING) - Exit: 5] for target [app(repo/app:1) (MANIFEST_PULLED->RUNNING)] "
                + "as dependency did not exit successfully.\"",
            ],
            agent.Story());
    }

    [Fact]
    public async Task Dependant_OfADependencyThatIsNotHealthyInTime_IsGivenUp()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(
            Container("db") with { HasHealthCheck = true, StartTimeout = TimeSpan.FromSeconds(15) },
            Container("app", true, On("db", DependencyCondition.Healthy))));
        await agent.UntilAsync(t => t.Find("db")!.IsRunning);

        await agent.Clock.PassAsync(TimeSpan.FromSeconds(10), agent.Patience);
        await agent.UntilAsync(t => t.Find("db")!.Sent == ContainerStatus.Running);
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(5), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.EndsWith("has timed out.", agent.Directory.Find(Arn())!.Find("app")!.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(143, agent.Directory.Find(Arn())!.Find("db")!.ExitCode);
    }

    [Fact]
    public async Task Stop_WithDependencies_IsInReverseOrder()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(
            Container("db"),
            Container("app", true, On("db", DependencyCondition.Start)),
            Container("web", true, On("app", DependencyCondition.Start))));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        await agent.StopAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            ["web", "app", "db"], agent.Runtime.Calls.Where(c => c.Operation == RuntimeOperation.StopContainer).Select(c => c.Container));
    }

    [Fact]
    public async Task Unresolvable_Dependencies_AreReportedStoppedWithNothingElseAndAccepted()
    {
        await using var agent = await StartAsync();

        var result = await agent.RunAsync(Definition(
            Container("a", true, On("b", DependencyCondition.Start)), Container("b", true, On("a", DependencyCondition.Start))));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.True(result.AllAccepted);
        Assert.Equal([$"STOPPED \"Task dependencies cannot be resolved, taskArn: {Arn()}\": "], agent.Story());
        Assert.Empty(agent.Runtime.Calls);
    }

    private static Task<EcsTask> UntilBlockedAsync(TestAgent agent, DependencyCondition condition) => agent.UntilAsync(
        t => t.Find("app")!.Known == ContainerStatus.ManifestPulled
            && DependencyRules.Check(t, t.Find("app")!, agent.Clock.GetUtcNow()) is DependencyVerdict.Waiting waiting
            && waiting.Edge.Condition == condition);

    private static void Meet(TestAgent agent, string met)
    {
        if (met == "healthy")
        {
            agent.Runtime.SetHealth(agent.Docker("db").DockerName, HealthStatus.Healthy);
        }
        else
        {
            agent.Exit("db", met == "exit 0" ? 0 : 1);
        }
    }
}
