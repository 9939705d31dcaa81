using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks.Images;

public sealed class PullQueueTests
{
    private static readonly AgentOptions OneAtATime = Options with { ConcurrentImagePulls = 1 };

    [Fact]
    public async Task Images_WantedByFortyTasks_ArePulledOnceEach_AFewAtATime()
    {
        await using var agent = await StartAsync(Options with { ConcurrentImagePulls = 2 });
        var pulls = agent.Runtime.Hold(RuntimeOperation.PullImage);
        await agent.RunAsync([.. Enumerable.Range(1, 40).Select(task => Small(task, $"repo/image{task % 8}"))]);
        var snapshot = await UntilAsync(agent, all => all.Sum(p => p.TaskArns.Length) == 40);
        await agent.UntilRuntimeAsync(r => Count(r, RuntimeOperation.PullImage) == 2);
        Assert.Equal([0, 0, 1, 2, 3, 4, 5, 6], snapshot.Select(p => p.Position));
        pulls.Release();
        for (var task = 1; task <= 40; task++)
        {
            await agent.UntilReportedAsync(EcsTaskStatus.Running, task);
        }

        Assert.Equal((8, 8), (Count(agent.Runtime, RuntimeOperation.PullImage), Count(agent.Runtime, RuntimeOperation.FindImage)));
        Assert.Empty(agent.Pulls.Snapshot());
    }

    [Fact]
    public async Task Digest_WantedByManyAtOnce_IsAskedForOnce()
    {
        await using var agent = await StartAsync();
        var lookUp = agent.Runtime.Hold(RuntimeOperation.ResolveDigest);
        var all = Enumerable.Range(0, 40)
            .Select(i => agent.Pulls.ResolveDigestAsync(i % 2 == 0 ? "repo/a" : "repo/a:latest", null, agent.Patience)).ToList();
        lookUp.Release();

        Assert.All(await Task.WhenAll(all), digest => Assert.Equal(FakeContainerRuntime.DigestOf("repo/a"), digest));
        Assert.Equal(1, Count(agent.Runtime, RuntimeOperation.ResolveDigest));
    }

    [Fact]
    public async Task Snapshot_TellsWhoWaitsWhereAndForHowMuch()
    {
        await using var agent = await StartAsync(OneAtATime);
        agent.Runtime.ProgressOf = _ => [new PullProgress(10, 400)];
        var pulls = agent.Runtime.Hold(RuntimeOperation.PullImage);
        await agent.RunAsync(Small(1, "repo/a"));
        await pulls.Reached;
        await agent.RunAsync(Small(2, "repo/b"), Small(3, "repo/c"), Small(4, "repo/b"));

        var snapshot = await UntilAsync(agent, all => all.Sum(p => p.TaskArns.Length) == 4);

        Assert.Equal(
            [("repo/a", Arn(1), 0), ("repo/b", $"{Arn(2)} {Arn(4)}", 1), ("repo/c", Arn(3), 2)],
            snapshot.Select(p => (p.Image, string.Join(' ', p.TaskArns), p.Position)));
        Assert.All(snapshot, p => Assert.Equal((FakeContainerRuntime.DigestOf(p.Image), 0, 0), (p.Digest, p.DownloadedBytes, p.TotalBytes)));
        pulls.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 4);
    }

    [Fact]
    public async Task Queue_LetsTheEarliestTaskGoFirst_AlsoWhenItJoinsLate()
    {
        await using var agent = await StartAsync(OneAtATime);
        var first = agent.Runtime.Hold(call => call.Operation == RuntimeOperation.PullImage && call.Subject == "repo/first");
        var late = agent.Runtime.Hold(call => call.Operation == RuntimeOperation.ResolveDigest && call.Subject == "repo/late");
        await agent.RunAsync(Small(1, "repo/first"), Small(2, "repo/late"));
        await first.Reached;
        await agent.RunAsync(Small(3, "repo/b"));
        await UntilAsync(agent, all => all.Any(p => p.Image == "repo/b"));
        await agent.RunAsync(Small(4, "repo/c"));
        await UntilAsync(agent, all => all.Any(p => p.Image == "repo/c"));

        late.Release();
        var snapshot = await UntilAsync(agent, all => all.Any(p => p.Image == "repo/late"));

        Assert.Equal(["repo/first", "repo/late", "repo/b", "repo/c"], snapshot.Select(p => p.Image));
        first.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 4);
        Assert.Equal(
            ["repo/first", "repo/late", "repo/b", "repo/c"],
            agent.Runtime.Calls.Where(c => c.Operation == RuntimeOperation.PullImage).Select(c => c.Subject));
    }

    [Fact]
    public async Task Queue_AnEarlierTaskJoinsAWaitingPull_MovesItAhead()
    {
        await using var agent = await StartAsync(OneAtATime);
        using var first = agent.Runtime.Hold(call => call.Operation == RuntimeOperation.PullImage && call.Subject == "repo/first");
        using var second = agent.Runtime.Hold(call => call.Operation == RuntimeOperation.PullImage && call.Subject == "repo/b");
        await agent.RunAsync(Small(1, "repo/first"));
        await first.Reached;
        await agent.RunAsync(
            Definition(2, Tiny("init", "repo/init"), Tiny("app", "repo/shared", On("init", DependencyCondition.Complete))),
            Small(3, "repo/b"),
            Small(4, "repo/c"),
            Small(5, "repo/shared"));
        await UntilAsync(agent, all => all.Length == 5);
        first.Release();
        await second.Reached;
        await agent.UntilAsync(t => t.Find("init")!.IsRunning, 2);
        await UntilAsync(agent, all => all.Select(p => p.Image).SequenceEqual(["repo/b", "repo/c", "repo/shared"]));

        agent.Exit("init", 0, 2);
        await UntilAsync(agent, all => all.Select(p => p.Image).SequenceEqual(["repo/b", "repo/shared", "repo/c"]));
        second.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 4);
        Assert.Equal(
            ["repo/first", "repo/init", "repo/b", "repo/shared", "repo/c"],
            agent.Runtime.Calls.Where(c => c.Operation == RuntimeOperation.PullImage).Select(c => c.Subject));
    }

    [Fact]
    public async Task Wait_ForAPlace_IsNotPartOfThePull()
    {
        await using var agent = await StartAsync(OneAtATime);
        var first = agent.Runtime.Hold(RuntimeOperation.PullImage);
        await agent.RunAsync(Small(1, "repo/a"), Small(2, "repo/b"));
        await first.Reached;
        await UntilAsync(agent, all => all.Length == 2);
        var waiting = agent.Pulls.Snapshot()[1].TaskArns[0];
        Assert.Null(agent.Directory.Find(waiting)!.PullStartedAt);

        agent.Clock.Advance(TimeSpan.FromHours(1));
        first.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);

        Assert.Equal(TimeSpan.FromHours(1), agent.Directory.Find(waiting)!.PullStartedAt - TestStart);
    }

    [Fact]
    public async Task Pull_UnderWay_IsJoinedWithItsProgressAndStampsThePull()
    {
        await using var agent = await StartAsync();
        var pulls = agent.Runtime.Hold(RuntimeOperation.PullImage);
        await agent.RunAsync(Small(1, "repo/a"));
        await pulls.Reached;
        agent.Clock.Advance(TimeSpan.FromMinutes(5));
        await agent.RunAsync(Small(2, "repo/a"));

        await agent.UntilAsync(t => t.PullStartedAt == TestStart.AddMinutes(5), task: 2);

        Assert.Equal(1, Count(agent.Runtime, RuntimeOperation.PullImage));
        pulls.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);
    }

    [Fact]
    public async Task Stop_WhileAnotherTaskWantsTheImage_EndsThePullOnlyForTheOne()
    {
        await using var agent = await StartAsync();
        var pulls = agent.Runtime.Hold(RuntimeOperation.PullImage);
        await agent.RunAsync(Small(1, "repo/a"), Small(2, "repo/a"));
        await agent.UntilAsync(t => t.Containers[0].PullBegan, 1);
        await agent.UntilAsync(t => t.Containers[0].PullBegan, 2);

        await agent.StopAsync(1);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 1);
        await UntilAsync(agent, all => all is [{ TaskArns: [var left] }] && left == Arn(2));
        pulls.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);

        Assert.Equal(1, Count(agent.Runtime, RuntimeOperation.PullImage));
        Assert.DoesNotContain("Error", agent.Story(1)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_OfTheOnlyOneWhoWantsTheImage_CancelsThePullAndLetsTheNextOneIn()
    {
        await using var agent = await StartAsync(OneAtATime);
        using var stuck = agent.Runtime.Hold(call => call.Operation == RuntimeOperation.PullImage && call.Subject == "repo/a");
        await agent.RunAsync(Small(1, "repo/a"));
        await stuck.Reached;
        await agent.RunAsync(Small(2, "repo/b"));
        await UntilAsync(agent, all => all.Length == 2);

        await agent.StopAsync(1);

        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);
    }

    [Fact]
    public async Task Stop_WhileWaitingForAPlace_IsToldAsEcsDoes()
    {
        await using var agent = await StartAsync(OneAtATime);
        var pulls = agent.Runtime.Hold(RuntimeOperation.PullImage);
        await agent.RunAsync(Small(1, "repo/a"));
        await pulls.Reached;
        await agent.RunAsync(Small(2, "repo/b"));
        await UntilAsync(agent, all => all.Length == 2);

        await agent.StopAsync(2);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 2);

        Assert.Equal(
            "STOPPED ended: app STOPPED digest \"TaskStoppedBeforePullBeginError: Task stopped before image pull could begin for task: "
            + Arn(2) + "\"",
            agent.Story(2)[^1]);
        pulls.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);
        Assert.DoesNotContain(agent.Runtime.Calls, c => c.Operation == RuntimeOperation.PullImage && c.Subject == "repo/b");
    }

    [Fact]
    public async Task Failure_OfASharedPull_ReachesEveryTask()
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = ImagePullBehavior.Always });
        var pulls = agent.Runtime.Hold(RuntimeOperation.PullImage);
        agent.Runtime.Fail(RuntimeOperation.PullImage, "CannotPullContainerError", "no");
        await agent.RunAsync(Small(1, "repo/a"), Small(2, "repo/a"));
        await UntilAsync(agent, all => all.Length == 1 && all[0].TaskArns.Length == 2);

        pulls.Release();

        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 2);
        Assert.Contains("CannotPullContainerError: no", agent.Story(1)[^1], StringComparison.Ordinal);
        Assert.Contains("CannotPullContainerError: no", agent.Story(2)[^1], StringComparison.Ordinal);
        Assert.Equal(1, Count(agent.Runtime, RuntimeOperation.PullImage));
    }

    [Fact]
    public async Task Once_WhoeverComesAfterThePull_DoesWithoutTheRegistry()
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = ImagePullBehavior.Once, ConcurrentImagePulls = 1 });
        var pulls = agent.Runtime.Hold(RuntimeOperation.PullImage);
        await agent.RunAsync(Small(1, "repo/a"), Small(2, "repo/a:latest"));
        await UntilAsync(agent, all => all.Length == 1 && all[0].TaskArns.Length == 2);
        pulls.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);
        var before = agent.Runtime.Calls.Count;
        await agent.RunAsync(Small(3, "docker.io/repo/a"));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 3);

        Assert.Equal(1, Count(agent.Runtime, RuntimeOperation.PullImage));
        Assert.DoesNotContain(agent.Runtime.Calls.Skip(before), c => c.Operation == RuntimeOperation.ResolveDigest);
    }

    private static DateTimeOffset TestStart { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static TaskDefinition Small(int task, string image) => Definition(task, Tiny("app", image));

    private static ContainerDefinition Tiny(string name, string image, params ImmutableArray<ContainerDependency> dependsOn) =>
        Container(name, essential: name == "app", dependsOn) with { Image = image };

    private static int Count(FakeContainerRuntime runtime, RuntimeOperation operation) => runtime.Calls.Count(c => c.Operation == operation);

    /// <summary>Waits until the queue is as wanted. It changes without telling anybody, so it is looked at whenever other work has had its turn.</summary>
    private static async Task<ImmutableArray<PullState>> UntilAsync(TestAgent agent, Predicate<ImmutableArray<PullState>> condition)
    {
        while (true)
        {
            var snapshot = agent.Pulls.Snapshot();
            if (condition(snapshot))
            {
                return snapshot;
            }

            agent.Patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
