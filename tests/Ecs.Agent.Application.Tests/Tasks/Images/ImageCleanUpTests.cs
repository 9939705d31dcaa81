using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks.Images;

public sealed class ImageCleanUpTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);
    private static readonly AgentOptions AllAges = Options with
    {
        ImageMinimumCleanupAge = TimeSpan.Zero,
        UntrackedImageMinimumCleanupAge = TimeSpan.Zero,
    };

    private static readonly AgentOptions Untracked = AllAges with { UntrackedCleanupEnabled = true };

    [Fact]
    public async Task Cycle_RemovesWhatNobodyNeeds_LongestUnusedFirst_UpToItsNumber()
    {
        await using var agent = await StartCleaningAsync(AllAges with { ImagesDeletedPerCycle = 2 });
        foreach (var task in new[] { 3, 1, 2 })
        {
            await UseAsync(agent, task, $"repo/i{task}:1");
            agent.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await CycleAsync(agent, Interval - TimeSpan.FromMinutes(3));
        await agent.UntilRuntimeAsync(r => r.Images.Count == 1);
        Assert.Equal(["repo/i3:1", "repo/i1:1"], Deleted(agent));

        await CycleAsync(agent);
        await agent.UntilRuntimeAsync(r => r.Images.IsEmpty);
        Assert.Empty(agent.Images.Ledger.Records);
    }

    [Fact]
    public async Task Cycle_LeavesImagesOfTasks_UntilTheirContainersAreRemoved()
    {
        await using var agent = await StartCleaningAsync(AllAges);
        await RunAsync(agent, 1, "repo/running:1");
        await RunAsync(agent, 2, "repo/stopped:1");
        agent.Exit("app", 0, 2);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 2);
        await UseAsync(agent, 3, "repo/gone:1");

        await CycleAsync(agent);
        await agent.UntilRuntimeAsync(r => r.Images.Count == 2);

        Assert.Equal(["repo/gone:1"], Deleted(agent));
        Assert.Equal(["repo/running:1", "repo/stopped:1"], agent.Runtime.Images.Keys);
    }

    [Fact]
    public async Task Cycle_MinimumAge_CountsFromTheFirstUse()
    {
        await using var agent = await StartCleaningAsync(Options);
        await UseAsync(agent, 1, "repo/a:1");
        await CycleAsync(agent);
        await CycleAsync(agent);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);
        Assert.Empty(Deleted(agent));

        await CycleAsync(agent);

        await agent.UntilRuntimeAsync(r => r.Images.IsEmpty);
    }

    [Fact]
    public async Task Cycle_TagThatHasMoved_RemovesTheOldImageByItsId()
    {
        await using var agent = await StartCleaningAsync(AllAges);
        await UseAsync(agent, 1, "repo/a:latest");
        var old = agent.Runtime.Images["repo/a:latest"].Id;
        agent.Runtime.ContentOf = image => $"{image} second config";
        await RunAsync(agent, 2, "repo/a:latest");
        Assert.Contains(old, agent.Runtime.Images.Keys);

        await CycleAsync(agent);
        await agent.UntilRuntimeAsync(r => r.Images.Count == 1);

        Assert.Equal([old], Deleted(agent));
        Assert.Equal(["repo/a:latest"], agent.Runtime.Images.Keys);
    }

    [Fact]
    public async Task Cycle_ImageOfManyNames_LosesThemAll()
    {
        await using var agent = await StartCleaningAsync(AllAges);
        agent.Runtime.ContentOf = _ => "the same";
        await UseAsync(agent, 1, "repo/a:1");
        await UseAsync(agent, 2, "repo/b:1");

        await CycleAsync(agent);
        await agent.UntilRuntimeAsync(r => r.Images.IsEmpty);

        Assert.Equal(["repo/a:1", "repo/b:1"], Deleted(agent));
    }

    [Fact]
    public async Task Cycle_ImageThatIsGoneAlready_CountsAsRemoved_AndOneThatDockerKeepsTakesAPlace()
    {
        await using var agent = await StartCleaningAsync(AllAges with { ImagesDeletedPerCycle = 2 });
        foreach (var task in new[] { 1, 2, 3 })
        {
            await UseAsync(agent, task, $"repo/i{task}:1");
            agent.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        agent.Runtime.Fail(RuntimeOperation.DeleteImage, "CannotRemoveImageError", "conflict");
        agent.Runtime.Fail(c => c.Subject == "repo/i2:1", NoSuchImage());
        await CycleAsync(agent, Interval - TimeSpan.FromMinutes(3));
        await agent.UntilRuntimeAsync(_ => agent.Images.Ledger.Records.Count == 2);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);

        Assert.Equal(["repo/i1:1", "repo/i2:1"], Deleted(agent));
        Assert.Equal(["repo/i1:1", "repo/i3:1"], agent.Images.Ledger.Records.Values.Select(r => r.Title).Order());
    }

    [Theory]
    [InlineData(true, ImagePullBehavior.Default)]
    [InlineData(false, ImagePullBehavior.PreferCached)]
    public async Task Cycle_SwitchedOff_NeverComes(bool disabled, ImagePullBehavior behavior)
    {
        await using var agent = await StartAsync(Untracked with { ImageCleanupDisabled = disabled, ImagePullBehavior = behavior });
        await UseAsync(agent, 1, "repo/a:1");
        agent.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(agent, 2, "repo/b:1");

        Assert.Empty(Deleted(agent));
        Assert.DoesNotContain(agent.Runtime.Calls, c => c.Operation is RuntimeOperation.ListImages or RuntimeOperation.ListContainers);
    }

    [Fact]
    public async Task Cycle_DockerAway_IsBrokenOffAndTheNextOneComes()
    {
        await using var agent = await StartCleaningAsync(Untracked);
        await UseAsync(agent, 1, "repo/a:1");
        agent.Runtime.Fail(RuntimeOperation.ListContainers, "CannotListContainersError", "away", RuntimeFailureKind.Unreachable);
        await CycleAsync(agent);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);
        agent.Runtime.AddImage("foreign:1");

        await CycleAsync(agent);

        await agent.UntilRuntimeAsync(r => r.Images.IsEmpty);
    }

    [Fact]
    public async Task Cycle_ExcludedImages_Stay()
    {
        await using var agent = await StartCleaningAsync(Untracked with { ImageCleanupExclusions = ["repo/kept:latest", "foreign:1"] });
        await UseAsync(agent, 1, "repo/kept");
        await UseAsync(agent, 2, "repo/a:1");
        agent.Runtime.AddImage("foreign:1");

        await CycleAsync(agent);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);

        Assert.Equal(["foreign:1", "repo/kept:latest"], agent.Runtime.Images.Keys);
    }

    [Fact]
    public async Task Untracked_Images_GoSmallestFirst_WithWhatIsLeftOfTheNumber()
    {
        await using var agent = await StartCleaningAsync(Untracked with { ImagesDeletedPerCycle = 4 });
        agent.Runtime.SizeOf = image => image.Length;
        agent.Runtime.AddImage("foreign-large:1");
        agent.Runtime.AddImage("foreign-l:1");
        agent.Runtime.AddImage("foreign-m:12");
        agent.Runtime.Tag("foreign-m:12", "foreign-m:13");
        await UseAsync(agent, 1, "repo/a:1");
        await RunAsync(agent, 2, "repo/needed:1");

        await CycleAsync(agent);
        await agent.UntilRuntimeAsync(r => r.Images.Count == 2);

        Assert.Equal(
            ["repo/a:1", FakeContainerRuntime.DigestOf("foreign-l:1 config"), "foreign-m:12", "foreign-m:13"], Deleted(agent));
        Assert.Equal(["foreign-large:1", "repo/needed:1"], agent.Runtime.Images.Keys);
    }

    [Fact]
    public async Task Untracked_Images_AreLeftAloneWhenTheAgentsOwnTookTheWholeNumber()
    {
        await using var agent = await StartCleaningAsync(Untracked with { ImagesDeletedPerCycle = 1 });
        agent.Runtime.AddImage("foreign:1");
        await UseAsync(agent, 1, "repo/a:1");

        await CycleAsync(agent);
        await agent.UntilRuntimeAsync(r => r.Images.Count == 1);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);

        Assert.Equal(["foreign:1"], agent.Runtime.Images.Keys);
    }

    [Fact]
    public async Task Untracked_Containers_GoWhenTheyHaveBeenOverForTheWait()
    {
        await using var agent = await StartCleaningAsync(Untracked with { TaskCleanupWait = TimeSpan.FromHours(3) });
        var now = agent.Clock.GetUtcNow();
        agent.Runtime.AddForeignContainer(Foreign("old", "exited", now.AddDays(-1)), now.AddHours(-4));
        agent.Runtime.AddForeignContainer(Foreign("recent", "exited", now.AddDays(-1)), now.AddHours(-1));
        agent.Runtime.AddForeignContainer(Foreign("running", "running", now.AddDays(-1)));
        agent.Runtime.AddForeignContainer(Foreign("never-started", "created", now.AddDays(-1)));
        agent.Runtime.AddForeignContainer(Foreign("just-created", "created", now));
        await RunAsync(agent, 1, "repo/a:1");

        await CycleAsync(agent);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);

        Assert.Equal(["just-created", "recent", "running"], agent.Runtime.ForeignContainers);
        Assert.Single(agent.Runtime.Containers);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(null, 0)]
    public async Task Untracked_Containers_GoUpToTheirNumber_FailuresNotCounted(int? number, int left)
    {
        await using var agent = await StartCleaningAsync(Untracked with { UntrackedContainersDeletedPerCycle = number });
        for (var i = 0; i < 4; i++)
        {
            agent.Runtime.AddForeignContainer(Foreign($"c{i}", "exited", agent.Clock.GetUtcNow().AddDays(i - 9)), agent.Clock.GetUtcNow().AddDays(-1));
        }

        agent.Runtime.Fail(c => c is { Operation: RuntimeOperation.RemoveContainer, Subject: "c0" }, Refusal());
        await CycleAsync(agent);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);

        Assert.Equal(left + 1, agent.Runtime.ForeignContainers.Length);
        Assert.Contains("c0", agent.Runtime.ForeignContainers);
    }

    [Fact]
    public async Task Race_TaskArrivesWhileItsImageIsRemoved_WaitsAndThenGetsItAnew()
    {
        await using var agent = await StartCleaningAsync(AllAges);
        await UseAsync(agent, 1, "repo/a:1");
        using var removal = agent.Runtime.Hold(RuntimeOperation.DeleteImage);
        await CycleAsync(agent);
        await removal.Reached;
        var before = agent.Runtime.Calls.Count;

        await agent.RunAsync(Small(2, "repo/a:1"), Small(3, "repo/b:1"));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 3);
        Assert.DoesNotContain(agent.Runtime.Calls.Skip(before), c => c.Subject == "repo/a:1");
        removal.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);

        Assert.Equal(
            [RuntimeOperation.ResolveDigest, RuntimeOperation.PullImage, RuntimeOperation.FindImage],
            agent.Runtime.Calls.Skip(before).Where(c => c.Subject == "repo/a:1").Select(c => c.Operation));
        Assert.Equal(["repo/a:1", "repo/b:1"], agent.Runtime.Images.Keys);
    }

    [Fact]
    public async Task Race_TaskThatIsKnownBeforeTheRemoval_KeepsItsImage()
    {
        await using var agent = await StartCleaningAsync(AllAges);
        await UseAsync(agent, 1, "repo/a:1");
        using var lookUp = agent.Runtime.Hold(RuntimeOperation.ResolveDigest);
        await agent.RunAsync(Small(2, "repo/a:1"));
        await lookUp.Reached;

        await CycleAsync(agent);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);

        Assert.Empty(Deleted(agent));
    }

    /// <summary>Many tasks of one image come and go while it is removed again and again: none may find it gone when it is created.</summary>
    [Fact]
    public async Task Race_RemovalsAndTasksAtRandom_NeverTakeAnImageFromATask()
    {
        await using var agent = await StartCleaningAsync(AllAges);
        var torn = 0;
        agent.Runtime.ExitOnStart = container => agent.Runtime.Images.ContainsKey(container.Image) ? 0 : Interlocked.Increment(ref torn);
        for (var task = 1; task <= 30; task++)
        {
            await agent.RunAsync(Small(task, "repo/a:1"));
            agent.Clock.Advance(Interval);
            await agent.UntilReportedAsync(EcsTaskStatus.Stopped, task);
            await agent.CleanUpAsync(task);
            if (task % 3 != 0)
            {
                await agent.UntilAsync(t => t.Containers[0].Removed, task);
                agent.Clock.Advance(Interval);
            }
        }

        Assert.Equal(0, torn);
    }

    [Fact]
    public async Task Ledger_IsSavedAndRestoredAsAValue()
    {
        await using var agent = await StartCleaningAsync(AllAges with { ImagePullBehavior = ImagePullBehavior.Once });
        await UseAsync(agent, 1, "repo/a:1");
        await using var next = await StartAsync(AllAges with { ImagePullBehavior = ImagePullBehavior.Once });
        next.Runtime.AddImage("repo/a:1");
        next.Images.Restore(ImageLedger.Of(agent.Images.Ledger.Records.Values));

        await RunAsync(next, 2, "repo/a:1");

        Assert.DoesNotContain(next.Runtime.Calls, c => c.Operation == RuntimeOperation.PullImage);
    }

    [Fact]
    public async Task Once_AfterTheImageWasRemoved_PullsAgain()
    {
        await using var agent = await StartCleaningAsync(AllAges with { ImagePullBehavior = ImagePullBehavior.Once });
        await UseAsync(agent, 1, "repo/a:1");
        await CycleAsync(agent);
        await agent.UntilRuntimeAsync(r => r.Images.IsEmpty);

        await RunAsync(agent, 2, "repo/a:1");

        Assert.Equal(2, agent.Runtime.Calls.Count(c => c.Operation == RuntimeOperation.PullImage));
    }

    internal static TaskDefinition Small(int task, string image) => Definition(task, Container("app") with { Image = image });

    internal static async Task RunAsync(TestAgent agent, int task, string image)
    {
        await agent.RunAsync(Small(task, image));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, task);
    }

    /// <summary>Runs a task to its end and cleans it up, so that nobody needs its image any more.</summary>
    internal static async Task UseAsync(TestAgent agent, int task, string image)
    {
        await RunAsync(agent, task, image);
        agent.Exit("app", 0, task);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, task);
        await agent.CleanUpAsync(task);
        await agent.UntilAsync(t => t.Containers.All(c => c.Removed), task);
    }

    internal static ImmutableArray<string> Deleted(TestAgent agent) =>
        [.. agent.Runtime.Calls.Where(c => c.Operation == RuntimeOperation.DeleteImage).Select(c => c.Subject)];

    /// <summary>An agent whose first cycle is due in one interval.</summary>
    private static async Task<TestAgent> StartCleaningAsync(AgentOptions options)
    {
        var agent = await StartAsync(options);
        await agent.Clock.UntilSetAsync(Interval, agent.Patience);
        return agent;
    }

    private static Task CycleAsync(TestAgent agent, TimeSpan? due = null) => agent.Clock.PassAsync(due ?? Interval, agent.Patience);

    private static HostContainer Foreign(string id, string state, DateTimeOffset createdAt) => new(id, $"name-of-{id}", "image", state, createdAt);

    private static RuntimeException NoSuchImage() => new(
        new ContainerError("CannotRemoveImageError", "No such image"), RuntimeFailureKind.NotFound);

    private static RuntimeException Refusal() => new(
        new ContainerError("CannotRemoveContainerError", "device or resource busy"), RuntimeFailureKind.Permanent);
}
