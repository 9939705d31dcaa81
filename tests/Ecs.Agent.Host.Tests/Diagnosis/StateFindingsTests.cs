using Ecs.Agent.Application.Registration;
using Ecs.Agent.Host.Diagnosis;
using Ecs.Agent.Infrastructure.Checkpoints;

namespace Ecs.Agent.Host.Tests.Diagnosis;

public sealed class StateFindingsTests
{
    private static readonly CheckpointReport Sound = new()
    {
        Directory = "/data",
        SchemaVersion = 1,
        CurrentSchemaVersion = 1,
        Tasks = 3,
        DatabaseBytes = 64 << 10,
        FreeBytes = 1L << 30,
        Identity = new SavedIdentity("default", "arn:instance", null, null),
    };

    [Fact]
    public void Of_SoundState_IsAllGood()
    {
        Assert.All(StateFindings.Of(Sound), finding => Assert.Equal(FindingSeverity.Good, finding.Severity));
        Assert.Equal(
            ["/data: 3 tasks, schema 1, 64 KiB; no agent holds it", "arn:instance in cluster default"],
            StateFindings.Of(Sound).Select(finding => finding.Text));
    }

    [Fact]
    public void Of_QuarantinedRecord_SaysWhichWhenWhyAndWhatBecameOfItsTask()
    {
        var finding = Only(Sound with { Quarantined = [("2026-01-01T12:00:00Z", "task arn:1", "the state of container db is missing")] });

        Assert.Equal((FindingSeverity.Warning, "record"), (finding.Severity, finding.Subject));
        Assert.Equal("task arn:1 was put aside on 2026-01-01T12:00:00Z: the state of container db is missing", finding.Text);
        Assert.Contains("taken on again from its containers", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FilePutAside_SaysThatItCanGo()
    {
        var finding = Only(Sound with { PutAside = ["state.db.damaged-20260101T120000000"] });

        Assert.Equal((FindingSeverity.Warning, "file"), (finding.Severity, finding.Subject));
        Assert.StartsWith("state.db.damaged-20260101T120000000", finding.Text, StringComparison.Ordinal);
        Assert.Contains("Remove it", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DamagedDatabase_IsNoFailureBecauseTheAgentStarts()
    {
        var finding = Only(Sound with { Damage = "database disk image is malformed" });

        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Contains("malformed", finding.Text, StringComparison.Ordinal);
        Assert.Contains("The next start puts it aside", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NewerSchema_SaysWhatThisAgentWouldDo() =>
        Assert.Contains("puts it aside", Only(Sound with { SchemaVersion = 2 }).Advice, StringComparison.Ordinal);

    [Fact]
    public void Of_LittleRoom_IsAFailure() => Assert.Equal(FindingSeverity.Failure, Only(Sound with { FreeBytes = 1 << 20 }).Severity);

    [Fact]
    public void Of_DirectoryMissing_IsAFailureAndAllThereIsToSay()
    {
        var finding = Assert.Single(StateFindings.Of(Sound with { Problem = "there is no such directory" }));

        Assert.Equal(FindingSeverity.Failure, finding.Severity);
        Assert.Equal("/data: there is no such directory", finding.Text);
    }

    private static Finding Only(CheckpointReport report) =>
        Assert.Single(StateFindings.Of(report), finding => finding.Severity != FindingSeverity.Good);
}
