using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>One life of the agent: a process, and the points that it passed.</summary>
internal sealed class AgentLife(RunningProcess process, string trace, string? killAt)
{
    private const string Name = "Ecs.Agent.KillMatrix.Agent";
    private const int KilledExitCode = 128 + 9;

    public RunningProcess Process => process;

    /// <summary>Whether it died at its point, and not of something else: that point is the last that it passed.</summary>
    public bool IsKilled => killAt is not null && process.HasExited && process.ExitCode == KilledExitCode && Trace[^1].Point == killAt;

    /// <summary>The points that it passed, in order, with their notes.</summary>
    public IReadOnlyList<(string Point, string Note)> Trace =>
    [
        .. Read().Split('\n').Select(line => line.Split('\t')).Where(line => line.Length == 2).Select(line => (line[0], line[1])),
    ];

    public bool HasPassed(string point) => Trace.Any(passed => passed.Point == point);

    /// <param name="folder">Where the points are written to.</param>
    /// <param name="number">Which life of this agent it is.</param>
    /// <param name="killAt">Where it is to die; null to live.</param>
    /// <param name="environment">Its configuration.</param>
    public static AgentLife Begin(string folder, int number, string? killAt, IReadOnlyDictionary<string, string?> environment)
    {
        var trace = Path.Combine(folder, FormattableString.Invariant($"points-{number}"));
        var whole = new Dictionary<string, string?>(environment) { ["ECS_KILL_TRACE"] = trace, ["ECS_KILL_AT"] = killAt };
        return new AgentLife(RunningProcess.Start(Executable(), [], whole), trace, killAt);
    }

    // artifacts/bin/PROJECT/CONFIGURATION/
    private static string Executable()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, Name, own.Name, Name);
    }

    private string Read()
    {
        if (!File.Exists(trace))
        {
            return "";
        }

        using var file = new FileStream(trace, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
