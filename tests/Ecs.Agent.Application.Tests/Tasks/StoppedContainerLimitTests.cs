using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class StoppedContainerLimitTests
{
    [Fact]
    public async Task CrashLoop_KeepsOnlyTheLatestContainers()
    {
        await using var agent = await StartAsync(Options with { MaxStoppedContainers = 3 });
        for (var task = 1; task <= 10; task++)
        {
            await CrashAsync(agent, task);
        }

        await agent.UntilRuntimeAsync(r => r.Containers.Count == 3);

        Assert.Equal([Arn(8), Arn(9), Arn(10)], agent.Runtime.Containers.Values.Select(c => c.TaskArn).Order());
    }

    [Fact]
    public async Task Excess_WhoseEndIsNotReported_GoesWhenItIs()
    {
        await using var agent = await StartAsync(Options with { MaxStoppedContainers = 0 });
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.ControlPlane.Hold();
        agent.Exit("app", 1);
        await agent.UntilKnownAsync(EcsTaskStatus.Stopped);
        Assert.Single(agent.Runtime.Containers);

        agent.ControlPlane.Release();

        await agent.UntilRuntimeAsync(r => r.Containers.IsEmpty);
    }

    [Fact]
    public async Task Limit_NotSet_KeepsAllUntilTheirTime()
    {
        await using var agent = await StartAsync();
        for (var task = 1; task <= 5; task++)
        {
            await CrashAsync(agent, task);
        }

        Assert.Equal(5, agent.Runtime.Containers.Count);
    }

    private static async Task CrashAsync(TestAgent agent, int task)
    {
        await agent.RunAsync(Definition(task, Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, task);
        agent.Exit("app", 1, task);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, task);
        agent.Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
