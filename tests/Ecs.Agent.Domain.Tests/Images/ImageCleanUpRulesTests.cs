using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Images;

public sealed class ImageCleanUpRulesTests
{
    private static readonly DateTimeOffset Now = T0.AddDays(1);
    private static readonly ImagesInUse Nothing = ImagesInUse.By([]);
    private static readonly ImageCleanUpPolicy Knobs = new();

    [Fact]
    public void Candidates_AreLongestUnusedFirst()
    {
        var ledger = ImageLedger.Empty.Seen("a:1", "a", 1, [], T0).Seen("b:1", "b", 1, [], T0).Seen("c:1", "c", 1, [], T0)
            .Used("a", T0.AddHours(3)).Used("b", T0.AddHours(2));

        Assert.Equal(["c", "b", "a"], ImageCleanUpRules.Candidates(ledger, Nothing, Knobs, Now).Select(r => r.Id));
    }

    [Theory]
    [InlineData(59 * 60, false)]
    [InlineData(3600, false)]
    [InlineData(3601, true)]
    public void Candidates_MustBeOlderThanTheMinimumAge(int seconds, bool old) => Assert.Equal(
        old,
        ImageCleanUpRules.Candidates(ImageLedger.Empty.Seen("a:1", "a", 1, [], T0), Nothing, Knobs, T0.AddSeconds(seconds)).Length == 1);

    [Theory]
    [InlineData("nginx", "nginx:latest", true)]
    [InlineData("nginx:1", "nginx:1", true)]
    [InlineData("nginx:1", "nginx", false)]
    [InlineData("nginx:1", " nginx:1", false)]
    [InlineData("amazon/amazon-ecs-agent", "", true)]
    [InlineData("amazon/amazon-ecs-pause:0.1.0", "", true)]
    [InlineData("amazon/amazon-ecs-pause:0.2.0", "", false)]
    public void Candidates_ExcludedByName_Stay(string image, string exclusion, bool excluded)
    {
        var policy = Knobs with { Exclusions = ImageExclusions.BuiltIn.And([exclusion]) };

        Assert.Equal(!excluded, ImageCleanUpRules.Candidates(ImageLedger.Empty.Seen(image, "a", 1, [], T0), Nothing, policy, Now).Length == 1);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    public void UntrackedBudget_IsWhatTheAgentsOwnImagesLeave(int removed, int budget) =>
        Assert.Equal(budget, ImageCleanUpRules.UntrackedBudget(Knobs, removed));

    [Fact]
    public void UntrackedCandidates_AreSmallestFirst_AndNeitherOursNorNeededNorExcludedNorYoung()
    {
        ImmutableArray<HostImage> all =
        [
            Image("large", T0, 9, "large:1"), Image("small", T0, 1, "small:1", "small:2"), Image("dangling", T0, 5),
            Image("ours", T0, 1, "ours:1"), Image("needed", T0, 1, "repo/app:1"), Image("occupied", T0, 1, "occupied:1"),
            Image("excluded", T0, 1, "other:1", "kept:latest"), Image("young", Now.AddHours(-1), 1, "young:1"),
        ];
        var candidates = ImageCleanUpRules.UntrackedCandidates(
            all,
            [Ended("x", "exited") with { ImageId = "occupied" }],
            ImageLedger.Empty.Seen("ours:1", "ours", 1, [], T0),
            ImagesInUse.By([Placed(Container("app"))]),
            Knobs with { Exclusions = ImageExclusions.BuiltIn.And(["kept"]) },
            Now);

        Assert.Equal(["small", "dangling", "large"], candidates.Select(image => image.Id));
    }

    [Fact]
    public void UntrackedRemovable_ForAFullDisk_AreOldestFirstWhateverTheirAge() => Assert.Equal(
        ["old", "young"],
        ImageCleanUpRules.UntrackedRemovable(
            [Image("young", Now, 1, "b:1"), Image("old", T0, 9, "a:1")], [], ImageLedger.Empty, Nothing, ImageExclusions.BuiltIn)
            .Select(image => image.Id));

    [Theory]
    [InlineData("exited", true)]
    [InlineData("dead", true)]
    [InlineData("created", true)]
    [InlineData("running", false)]
    [InlineData("paused", false)]
    [InlineData("restarting", false)]
    [InlineData("removing", false)]
    public void EndedUntracked_AreThoseThatAreOver(string state, bool over) =>
        Assert.Equal(over, ImageCleanUpRules.EndedUntracked([Ended("x", state)], [], Knobs, Now).Length == 1);

    [Fact]
    public void EndedUntracked_LeavesContainersOfTasksAlone_AlsoOneThatIsJustBeingCreated()
    {
        var task = Placed(Container("app"), Container("side")).Created("app");
        var beingCreated = Ended("not-heard-of-yet", "created") with { Name = task.Of("side").DockerName };

        Assert.Empty(ImageCleanUpRules.EndedUntracked([Ended(RuntimeId("app"), "exited"), beingCreated], [task], Knobs, Now));
    }

    [Theory]
    [InlineData(2, null, false)]
    [InlineData(4, null, true)]
    [InlineData(9, 2, false)]
    [InlineData(9, 4, true)]
    public void HasAged_CountsFromItsEndOrElseFromItsCreation(int createdHoursAgo, int? endedHoursAgo, bool aged)
    {
        var container = Ended("x", "exited") with { CreatedAt = Now.AddHours(-createdHoursAgo) };

        Assert.Equal(aged, ImageCleanUpRules.HasAged(container, endedHoursAgo is { } h ? Now.AddHours(-h) : null, Knobs, Now));
    }

    [Fact]
    public void InUse_AreNamesAndIdsOfContainersThatAreNotRemoved()
    {
        var task = Placed(Container("app") with { Image = "busybox" }).Pulled("app")
            .Apply(new TaskEvent.ContainerCreated(T0, "app", "id", ImageId: "sha256:a"));
        var inUse = ImagesInUse.By([task]);
        var gone = ImagesInUse.By([task.Apply(new TaskEvent.ContainerRemoved(T0, "app"))]);

        Assert.True(inUse.Contains("sha256:a", []));
        Assert.True(inUse.Contains("other", ["busybox:latest"]));
        Assert.False(inUse.Contains("other", ["busybox:1"]));
        Assert.False(gone.Contains("sha256:a", ["busybox:latest"]));
    }

    [Fact]
    public void InUse_OfAStoppedTask_LastsUntilItsCleanUp()
    {
        var stopped = Placed(Container("app")).Up("app").Ended("app");

        Assert.True(ImagesInUse.By([stopped]).Contains("", ["repo/app:1"]));
    }

    private static HostImage Image(string id, DateTimeOffset builtAt, long size, params ImmutableArray<string> tags) => new(id, tags, builtAt, size);

    private static HostContainer Ended(string id, string state) => new(id, $"name-of-{id}", "image", state, T0);
}
