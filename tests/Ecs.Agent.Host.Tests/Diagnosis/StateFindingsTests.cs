using Ecs.Agent.Application.Registration;
using Ecs.Agent.Host.Diagnosis;
using Ecs.Agent.Infrastructure.Checkpoints;

namespace Ecs.Agent.Host.Tests.Diagnosis;

public sealed class StateFindingsTests
{
    private static readonly CheckpointReport Healthy = new()
    {
        Directory = "/data",
        SchemaVersion = 1,
        CurrentSchemaVersion = 1,
        Tasks = 2,
        DatabaseBytes = 24 << 10,
        FreeBytes = 1L << 40,
        ProcessId = 17,
        Identity = new SavedIdentity("lab", "arn:instance", null, null),
    };

    [Fact]
    public void Of_HealthyState_SaysWhatIsThereAndNothingToDo()
    {
        var findings = StateFindings.Of(Healthy).ToList();

        Assert.All(findings, finding => Assert.Equal((FindingSeverity.Good, null), (finding.Severity, finding.Advice)));
        Assert.Equal(
            ["/data: 2 tasks, schema 1, 24 KiB; held by process 17", "arn:instance in cluster lab"],
            findings.Select(finding => finding.Text));
    }

    [Fact]
    public void Of_DirectoryThatCannotBeLookedInto_IsAFailureWithAdviceAndNothingElse()
    {
        var finding = Assert.Single(StateFindings.Of(Healthy with { Problem = "there is no such directory" }));

        Assert.Equal(FindingSeverity.Failure, finding.Severity);
        Assert.Equal("/data: there is no such directory", finding.Text);
        Assert.Contains("ECS_CHECKPOINT=false", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LittleSpace_IsAFailure() => Assert.Contains(
        StateFindings.Of(Healthy with { FreeBytes = 3 << 20 }),
        finding => finding is { Severity: FindingSeverity.Failure, Text: "only 3 MiB are free where the state is" });

    [Fact]
    public void Of_NewerSchema_IsAWarning() => Assert.Contains(
        StateFindings.Of(Healthy with { SchemaVersion = 9 }),
        finding => finding.Severity == FindingSeverity.Warning && finding.Text.Contains("a newer agent", StringComparison.Ordinal));

    [Fact]
    public void Of_WhatWasPutAside_NamesEachWithItsReason()
    {
        var findings = StateFindings.Of(Healthy with
        {
            Quarantined = [("2026-01-01T00:00:00Z", "task arn:t", "its checksum is wrong")],
            PutAside = ["state.db.damaged-20260101T000000000"],
        });

        Assert.Equal(
            ["task arn:t was put aside on 2026-01-01T00:00:00Z: its checksum is wrong", "state.db.damaged-20260101T000000000 was replaced by a new database"],
            findings.Where(finding => finding.Severity == FindingSeverity.Warning).Select(finding => finding.Text));
    }
}
