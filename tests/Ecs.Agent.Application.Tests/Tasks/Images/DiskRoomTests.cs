using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.Tasks.Images.ImageCleanUpTests;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks.Images;

public sealed class DiskRoomTests
{
    private const long Disk = 20_000_000;
    private const long ImageSize = 4_000_000;

    private static readonly AgentOptions KeepFree = Options with { ImageDiskMinFree = DiskWatermark.OfBytes(10_000_000) };

    [Fact]
    public async Task Pull_BelowTheMark_RemovesUnusedImagesFirst_LongestUnusedFirst_UntilItHolds()
    {
        await using var agent = await StartFullAsync(KeepFree, "repo/a:1", "repo/b:1", "repo/c:1");

        await RunAsync(agent, 9, "repo/new:1");

        Assert.Equal(["repo/a:1"], Deleted(agent));
        Assert.Equal(["repo/b:1", "repo/c:1", "repo/new:1"], agent.Runtime.Images.Keys);
    }

    [Fact]
    public async Task Pull_AboveTheMark_RemovesNothing()
    {
        await using var agent = await StartFullAsync(KeepFree, "repo/a:1", "repo/b:1");

        await RunAsync(agent, 9, "repo/new:1");

        Assert.Empty(Deleted(agent));
    }

    [Fact]
    public async Task Pull_ThatWouldGoBelowTheMark_MakesRoomWhileItRuns()
    {
        await using var agent = await StartFullAsync(KeepFree, "repo/a:1", "repo/b:1");
        agent.Runtime.ProgressOf = _ =>
        {
            agent.Clock.Advance(TimeSpan.FromSeconds(2));
            return [new PullProgress(1_000_000, 8_000_000)];
        };

        await RunAsync(agent, 9, "repo/new:1");

        Assert.Equal(["repo/a:1", "repo/b:1"], Deleted(agent));
    }

    [Fact]
    public async Task Pull_NotEnoughCanBeFreed_GoesOn_AndImagesInUseOrExcludedStay()
    {
        await using var agent = await StartFullAsync(
            KeepFree with { ImageCleanupExclusions = ["repo/a:1"] }, "repo/a:1", "repo/b:1");
        await RunAsync(agent, 8, "repo/used:1");

        await RunAsync(agent, 9, "repo/new:1");

        Assert.Equal(["repo/b:1"], Deleted(agent));
        Assert.Equal(["repo/a:1", "repo/new:1", "repo/used:1"], agent.Runtime.Images.Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pull_ImagesThatAreNotOurs_GoOnlyWhereThatCleanUpIsEnabled(bool enabled)
    {
        await using var agent = await StartFullAsync(KeepFree with { UntrackedCleanupEnabled = enabled }, "repo/a:1");
        agent.Runtime.AddImage("foreign:1");
        agent.Runtime.AddImage("foreign:2");
        agent.Runtime.AddImage("foreign:3");

        await RunAsync(agent, 9, "repo/new:1");

        Assert.Equal(enabled ? 3 : 4, agent.Runtime.Images.Count);
        Assert.DoesNotContain("repo/a:1", agent.Runtime.Images.Keys);
    }

    [Fact]
    public async Task Disk_ThatCannotBeMeasured_IsAskedOnce()
    {
        await using var agent = await StartFullAsync(KeepFree, "repo/a:1", "repo/b:1", "repo/c:1");
        agent.Runtime.DiskBytes = null;
        var before = agent.Runtime.Calls.Count;

        await RunAsync(agent, 8, "repo/new:1");
        await RunAsync(agent, 9, "repo/new:2");

        Assert.Single(agent.Runtime.Calls.Skip(before), c => c.Operation == RuntimeOperation.MeasureDisk);
        Assert.Empty(Deleted(agent));
    }

    [Fact]
    public async Task Disk_DockerFailsToTell_DoesNotFailThePull()
    {
        await using var agent = await StartFullAsync(KeepFree, "repo/a:1", "repo/b:1", "repo/c:1");
        agent.Runtime.Fail(RuntimeOperation.MeasureDisk, "AnyError", "no", RuntimeFailureKind.Temporary);

        await RunAsync(agent, 9, "repo/new:1");

        Assert.Equal("RUNNING pulled: app RUNNING id digest", agent.Story(9)[^1]);
    }

    [Fact]
    public async Task Mark_NotSet_LooksAtNoDisk()
    {
        await using var agent = await StartFullAsync(Options, "repo/a:1", "repo/b:1", "repo/c:1");

        await RunAsync(agent, 9, "repo/new:1");

        Assert.DoesNotContain(agent.Runtime.Calls, c => c.Operation == RuntimeOperation.MeasureDisk);
    }

    /// <summary>An agent whose disk holds these images, which no task needs any more, the first one longest.</summary>
    private static async Task<TestAgent> StartFullAsync(AgentOptions options, params string[] images)
    {
        var agent = await StartAsync(options);
        agent.Runtime.SizeOf = _ => ImageSize;
        agent.Runtime.DiskBytes = long.MaxValue;
        for (var i = 0; i < images.Length; i++)
        {
            await UseAsync(agent, i + 1, images[i]);
            agent.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        agent.Runtime.DiskBytes = Disk;
        return agent;
    }
}
