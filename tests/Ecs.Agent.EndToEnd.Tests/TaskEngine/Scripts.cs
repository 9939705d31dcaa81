using System.Text.Json.Nodes;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>Shell scripts that write down, by the machine's clock, what happens to their container.</summary>
internal static class Scripts
{
    /// <summary>Writes <c>begin TIME</c>, then does what is asked for; <c>mark WORD</c> writes a line like it.</summary>
    public static string Marking(string script) =>
        Command($$"""mark() { read up idle </proc/uptime; echo "$1 $up"; }; mark begin; {{script}}""");

    /// <summary>Runs until TERM, and takes a moment to end: writes <c>term</c>, then <c>end</c>, and exits with 0.</summary>
    public static string UntilTerm { get; } = Marking("trap 'mark term; sleep 0.3; mark end; exit 0' TERM; sleep 3600 & wait");

    /// <summary>Writes <c>term</c> when it gets the signal, and runs on; writes <c>alive</c> ten times a second.</summary>
    public static string IgnoresTerm { get; } = Marking("trap 'mark term' TERM; while true; do mark alive; sleep 0.1; done");

    private static string Command(string script) => $""" "command": {new JsonArray("sh", "-c", script).ToJsonString()} """;
}
