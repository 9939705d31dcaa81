using System.Globalization;
using Ecs.Agent.Infrastructure.Checkpoints;

namespace Ecs.Agent.Host.Diagnosis;

/// <summary>What a look into the data directory means. Pure.</summary>
internal static class StateFindings
{
    /// <summary>Less than this is too little for a database that grows with each task.</summary>
    private const long LittleSpace = 64L << 20;

    public static IEnumerable<Finding> Of(CheckpointReport report)
    {
        if (report.Problem is { } problem)
        {
            yield return new Finding(
                FindingSeverity.Failure, "state", $"{report.Directory}: {problem}", "Create it or mend its mode, or set ECS_CHECKPOINT=false.");
            yield break;
        }

        yield return new Finding(
            FindingSeverity.Good, "state", string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Directory}: {report.Tasks} tasks, schema {report.SchemaVersion ?? report.CurrentSchemaVersion}, {report.DatabaseBytes >> 10} KiB; ")
            + (report.ProcessId is { } process ? $"held by process {process}" : "no agent holds it"));
        if (report.Damage is { } damage)
        {
            yield return new Finding(
                FindingSeverity.Warning, "state", $"state.db is damaged: {damage}",
                "The next start puts it aside, takes over what it can read, and takes the other tasks on again from their containers.");
        }

        if (report.SchemaVersion > report.CurrentSchemaVersion)
        {
            yield return new Finding(
                FindingSeverity.Warning, "state", $"it was written by a newer agent (this one writes schema {report.CurrentSchemaVersion})",
                "An agent of this version puts it aside and takes over what it can read.");
        }

        if (report.FreeBytes < LittleSpace)
        {
            yield return new Finding(
                FindingSeverity.Failure, "disk", $"only {report.FreeBytes >> 20} MiB are free where the state is",
                "Make room: when the disk is full, nothing new is started or reported.");
        }

        yield return report.Identity is { } identity
            ? new Finding(FindingSeverity.Good, "identity", $"{identity.ContainerInstanceArn} in cluster {identity.Cluster}")
            : new Finding(FindingSeverity.Good, "identity", "none saved; the next start registers anew, or asks the containers");
        foreach (var (foundAt, record, reason) in report.Quarantined)
        {
            yield return new Finding(
                FindingSeverity.Warning, "record", $"{record} was put aside on {foundAt}: {reason}",
                "Its task was taken on again from its containers, if it has any. The record is kept in the table quarantine.");
        }

        foreach (var file in report.PutAside)
        {
            yield return new Finding(
                FindingSeverity.Warning, "file", $"{file} was replaced by a new database", "What could be read of it was taken over. Remove it when nobody needs it.");
        }
    }
}
