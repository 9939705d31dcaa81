namespace Ecs.Agent.Host.Presentation;

/// <summary>What a container's exit code says beyond its number.</summary>
internal static class ExitCodeMeaning
{
    // Shells and Docker report a death by signal n as 128 + n.
    private const int SignalBase = 128;

    /// <summary><c>exit code 137 (SIGKILL)</c></summary>
    public static string Describe(int exitCode) => Of(exitCode) is { } meaning ? $"exit code {exitCode} ({meaning})" : $"exit code {exitCode}";

    private static string? Of(int exitCode) => exitCode switch
    {
        126 => "the command cannot be executed",
        127 => "the command was not found",
        SignalBase + 1 => "SIGHUP",
        SignalBase + 2 => "SIGINT",
        SignalBase + 3 => "SIGQUIT",
        SignalBase + 4 => "SIGILL",
        SignalBase + 5 => "SIGTRAP",
        SignalBase + 6 => "SIGABRT",
        SignalBase + 7 => "SIGBUS",
        SignalBase + 8 => "SIGFPE",
        SignalBase + 9 => "SIGKILL",
        SignalBase + 11 => "SIGSEGV",
        SignalBase + 13 => "SIGPIPE",
        SignalBase + 14 => "SIGALRM",
        SignalBase + 15 => "SIGTERM",
        _ => null,
    };
}
