using Ecs.Agent.Domain.Images;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Images;

public sealed class ImageLedgerTests
{
    [Fact]
    public void Seen_ForTheFirstTime_BeginsARecordOfThatAge()
    {
        var record = ImageLedger.Empty.Seen("busybox", "a", 7, ["PATH"], T0).Records["a"];

        Assert.Equal(["busybox:latest"], record.Names);
        Assert.Equal((7, T0, T0), (record.SizeBytes, record.FirstSeenAt, record.LastUsedAt));
        Assert.Equal(["PATH"], record.EnvironmentNames);
        Assert.Empty(record.PulledNames);
    }

    [Fact]
    public void Seen_AgainUnderAnotherName_KeepsItsAge()
    {
        var record = ImageLedger.Empty.Seen("app:1", "a", 7, [], T0).Seen("app:2", "a", 7, [], T0.AddHours(1)).Records["a"];

        Assert.Equal(["app:1", "app:2"], record.Names);
        Assert.Equal((T0, T0), (record.FirstSeenAt, record.LastUsedAt));
    }

    [Fact]
    public void Seen_NameThatHasMoved_IsTakenFromTheOtherImageWithItsMark()
    {
        var ledger = ImageLedger.Empty.Seen("app:1", "a", 7, [], T0).Pulled("app:1").Seen("app:1", "b", 8, [], T0.AddHours(1));

        Assert.Empty(ledger.Records["a"].Names);
        Assert.Equal("a", ledger.Records["a"].Title);
        Assert.Equal("b", ledger.Find("app:1")!.Id);
        Assert.False(ledger.WasPulled("app:1"));
    }

    [Theory]
    [InlineData("busybox", "busybox:latest", true)]
    [InlineData("busybox", "docker.io/library/busybox", true)]
    [InlineData("team/app:1", "index.docker.io/team/app:1", true)]
    [InlineData("host:5000/app", "host:5000/app:latest", true)]
    [InlineData("host:5000/app:1", "host:5000/other:1", false)]
    [InlineData("app:1", "app:2", false)]
    public void WasPulled_GoesByTheNameThatDockerKnows(string pulled, string asked, bool known) =>
        Assert.Equal(known, ImageLedger.Empty.Seen(pulled, "a", 7, [], T0).Pulled(pulled).WasPulled(asked));

    [Fact]
    public void Pulled_NameThatIsNotHere_MeansNothing() => Assert.False(ImageLedger.Empty.Pulled("app:1").WasPulled("app:1"));

    [Fact]
    public void Used_MovesTheTimeForwardOnly()
    {
        var ledger = ImageLedger.Empty.Seen("app:1", "a", 7, [], T0);

        Assert.Equal(T0.AddHours(2), ledger.Used("a", T0.AddHours(2)).Used("a", T0.AddHours(1)).Records["a"].LastUsedAt);
        Assert.Same(ledger, ledger.Used("b", T0.AddHours(1)));
    }

    [Fact]
    public void Untagged_LastName_TakesTheRecordWithIt()
    {
        var ledger = ImageLedger.Empty.Seen("app:1", "a", 7, [], T0).Seen("app:2", "a", 7, [], T0).Pulled("app:1");

        Assert.Equal(["app:2"], ledger.Untagged("a", "app:1").Records["a"].Names);
        Assert.False(ledger.Untagged("a", "app:1").WasPulled("app:1"));
        Assert.Empty(ledger.Untagged("a", "app:1").Untagged("a", "app:2").Records);
    }

    [Fact]
    public void Of_RecordsThatClaimTheSameName_GivesItToTheLater()
    {
        var old = new ImageRecord { Id = "b", Names = ["app:1"], PulledNames = ["app:1"], FirstSeenAt = T0 };
        var young = new ImageRecord { Id = "a", Names = ["app:1"], FirstSeenAt = T0.AddHours(1) };

        var ledger = ImageLedger.Of([young, old]);

        Assert.Equal("a", ledger.Find("app:1")!.Id);
        Assert.Empty(ledger.Records["b"].Names);
    }
}
