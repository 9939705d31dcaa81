using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks.Images;

public sealed class ImagePullTests
{
    public enum Local
    {
        Missing,
        Built,
        PulledByOthers,
        PulledByUs,
    }

    public static TheoryData<ImagePullBehavior, Local, bool, bool> Behaviours { get; } = new()
    {
        // behaviour, what is here, whether the registry is asked, whether PENDING is reported
        { ImagePullBehavior.Default, Local.Missing, true, true },
        { ImagePullBehavior.Default, Local.PulledByUs, true, true },
        { ImagePullBehavior.Always, Local.Built, true, true },
        { ImagePullBehavior.Always, Local.PulledByUs, true, true },
        { ImagePullBehavior.Once, Local.Missing, true, true },
        { ImagePullBehavior.Once, Local.PulledByOthers, true, true },
        { ImagePullBehavior.Once, Local.PulledByUs, false, true },
        { ImagePullBehavior.PreferCached, Local.Missing, true, true },
        { ImagePullBehavior.PreferCached, Local.Built, false, false },
        { ImagePullBehavior.PreferCached, Local.PulledByOthers, false, true },
    };

    [Theory]
    [MemberData(nameof(Behaviours))]
    public async Task PullBehaviour_DecidesWhetherTheRegistryIsAsked(ImagePullBehavior behavior, Local local, bool asks, bool pending)
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = behavior });
        await PrepareAsync(agent, local);
        var before = agent.Runtime.Calls.Count;

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        var asked = agent.Runtime.Calls.Skip(before)
            .Where(c => c.Operation is RuntimeOperation.ResolveDigest or RuntimeOperation.PullImage).Select(c => c.Operation);
        Assert.Equal(asks ? [RuntimeOperation.ResolveDigest, RuntimeOperation.PullImage] : [], asked);
        Assert.Equal(
            pending
                ? ["PENDING: app PENDING digest", $"RUNNING{(asks ? " pulled" : "")}: app RUNNING id digest"]
                : ["RUNNING: app RUNNING id"],
            agent.Story());
    }

    [Fact]
    public async Task Pull_OfAResolvedReference_IsByItsDigest()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app"), Container("exact") with { Image = "repo/exact@sha256:abc" }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        var pulls = agent.Runtime.Calls.Where(c => c.Operation == RuntimeOperation.PullImage).ToDictionary(c => c.Subject, c => c.Digest);
        Assert.Equal(FakeContainerRuntime.DigestOf("repo/app:1"), pulls["repo/app:1"]);
        Assert.Equal("sha256:abc", pulls["repo/exact@sha256:abc"]);
        Assert.DoesNotContain(
            agent.Runtime.Calls, c => c.Operation == RuntimeOperation.ResolveDigest && c.Subject.Contains('@', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ImagePullBehavior.Default)]
    [InlineData(ImagePullBehavior.PreferCached)]
    public async Task Pull_FailsAndNoCopyIsHere_StopsWithTheFirstErrorAndBothPullTimes(ImagePullBehavior behavior)
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = behavior });
        agent.Runtime.RemoveFromRegistry("repo/app:1");
        agent.Runtime.Fail(RuntimeOperation.CreateContainer, "CannotCreateContainerError", "No such image");

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            ["STOPPED pulled ended: app STOPPED \"CannotPullImageManifestError: Error response from daemon: manifest unknown\""], agent.Story());
    }

    [Fact]
    public async Task Pull_FailsButACopyIsHere_RunsItAndKeepsTheReason()
    {
        await using var agent = await StartAsync();
        agent.Runtime.AddImage("repo/app:1");
        agent.Runtime.RemoveFromRegistry("repo/app:1");

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Contains(
            "\"CannotPullImageManifestError: Error response from daemon: manifest unknown\"",
            Assert.Single(agent.Story()),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImagePullBehavior.Always)]
    [InlineData(ImagePullBehavior.Once)]
    public async Task Manifest_FailsWhereACopyIsNotGoodEnough_StopsTheTaskWithoutAPull(ImagePullBehavior behavior)
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = behavior });
        agent.Runtime.AddImage("repo/app:1");
        agent.Runtime.RemoveFromRegistry("repo/app:1");

        await agent.RunAsync(Definition(Container("app", essential: false)));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            ["STOPPED: app STOPPED \"CannotPullImageManifestError: Error response from daemon: manifest unknown\""], agent.Story());
        Assert.DoesNotContain(agent.Runtime.Calls, c => c.Operation == RuntimeOperation.PullImage);
    }

    [Fact]
    public async Task Pull_FailsAfterTheManifestWasFound_StopsWithThatReasonAndTheDigest()
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = ImagePullBehavior.Always });
        agent.Runtime.Fail(RuntimeOperation.PullImage, "CannotPullContainerError", "inactivity time exceeded timeout while pulling image");

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            "STOPPED pulled ended: app STOPPED digest \"CannotPullContainerError: inactivity time exceeded timeout while pulling image\"",
            agent.Story()[^1]);
    }

    [Fact]
    public async Task Pull_FailsButACopyIsHere_ReportsTheDigestOfTheCopy()
    {
        await using var agent = await StartAsync();
        agent.Runtime.AddImage("repo/app:1");
        agent.Runtime.RemoveFromRegistry("repo/app:1");

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal(
            ["RUNNING pulled: app RUNNING id digest \"CannotPullImageManifestError: Error response from daemon: manifest unknown\""],
            agent.Story());
        Assert.Equal(agent.Runtime.Images["repo/app:1"].Id, agent.Directory.Find(Arn())!.Containers[0].ImageId);
    }

    [Fact]
    public async Task Copy_KnownOnlyInAnotherRepository_RunsWithoutARegistryAndSaysWhyItHasNoDigest()
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = ImagePullBehavior.PreferCached });
        agent.Runtime.AddImage("elsewhere/app:1");
        agent.Runtime.Tag("elsewhere/app:1", "repo/app:1");

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal(
            ["RUNNING: app RUNNING id \"CannotPullImageManifestError: failed to find a repo digest matching 'repo/app:1'\""], agent.Story());
        Assert.DoesNotContain(
            agent.Runtime.Calls, c => c.Operation is RuntimeOperation.ResolveDigest or RuntimeOperation.PullImage);
    }

    [Theory]
    [InlineData(ImagePullBehavior.Default, true, true)]
    [InlineData(ImagePullBehavior.PreferCached, true, true)]
    [InlineData(ImagePullBehavior.Default, false, false)]
    public async Task Pull_UpfrontFailsWithoutACopy_StopsTheTaskAtOnceWhenTheContainerIsEssential(
        ImagePullBehavior behavior, bool essential, bool stops)
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = behavior, PullDependentContainersUpfront = true });
        agent.Runtime.Fail(RuntimeOperation.PullImage, "CannotPullContainerError", "no space left on device", container: null, times: 5);
        using var init = agent.Runtime.Hold(c => c.Operation == RuntimeOperation.ResolveDigest && c.Subject == "repo/init:1");

        await agent.RunAsync(Definition(
            Container("init", essential: !essential), Container("app", essential, On("init", DependencyCondition.Complete))));
        if (!stops)
        {
            var waiting = await agent.UntilAsync(t => t.Find("app")!.Known == ContainerStatus.Pulled);
            Assert.Equal(EcsTaskStatus.Running, waiting.Desired);
            return;
        }

        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
        Assert.Equal("CannotPullContainerError: no space left on device", agent.ControlPlane.ReportsOf(Arn())[^1].Reason);
    }

    [Fact]
    public async Task Pull_UpfrontFailsButACopyIsHere_GoesOn()
    {
        await using var agent = await StartAsync(Options with { PullDependentContainersUpfront = true });
        agent.Runtime.AddImage("repo/app:1");
        agent.Runtime.Fail(RuntimeOperation.PullImage, "CannotPullContainerError", "no space left on device");

        await agent.RunAsync(Definition(Container("app")));

        await agent.UntilReportedAsync(EcsTaskStatus.Running);
    }

    private static async Task PrepareAsync(TestAgent agent, Local local)
    {
        switch (local)
        {
            case Local.Built or Local.PulledByOthers:
                agent.Runtime.AddImage("repo/app:1", pulled: local == Local.PulledByOthers);
                break;
            case Local.PulledByUs:
                await agent.RunAsync(Definition(99, Container("app")));
                await agent.UntilReportedAsync(EcsTaskStatus.Running, 99);
                break;
        }
    }
}
