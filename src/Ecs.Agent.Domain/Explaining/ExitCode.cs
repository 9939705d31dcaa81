namespace Ecs.Agent.Domain.Explaining;

/// <summary>What a container's exit code says beyond its number, by the conventions of Docker and of shells.</summary>
public abstract record ExitCode
{
    // Shells and Docker report a death by signal n as 128 + n.
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    // Linux's, from 1; those from 32 on have no names of their own.
    private static readonly string[] Signals =
    [
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2",
        "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG",
        "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    private ExitCode(int number)
    {
        Number = number;
    }

    public int Number { get; }

    /// <summary>Sorts the number.</summary>
    public static ExitCode Of(int number) => number switch
    {
        0 => new Success(),
        125 => new NotRun(),
        126 => new NotExecutable(),
        127 => new NotFound(),
        > SignalBase and <= SignalBase + LastSignal => new Signal(number, number - SignalBase, NameOf(number - SignalBase)),
        _ => new Other(number),
    };

    /// <summary><c>exit code 137 (SIGKILL)</c></summary>
    public static string Describe(int number) => Of(number) switch
    {
        NotRun => "exit code 125 (Docker could not run the command)",
        NotExecutable => "exit code 126 (the command cannot be executed)",
        NotFound => "exit code 127 (the command was not found)",
        Signal signal => $"exit code {number} ({signal.Name})",
        _ => $"exit code {number}",
    };

    private static string NameOf(int signal) => signal <= Signals.Length ? Signals[signal - 1] : $"signal {signal}";

    public sealed record Success() : ExitCode(0);

    /// <summary>Docker's own: the command could not be run at all.</summary>
    public sealed record NotRun() : ExitCode(125);

    /// <summary>The command exists and cannot be executed.</summary>
    public sealed record NotExecutable() : ExitCode(126);

    /// <summary>There is no such command in the image.</summary>
    public sealed record NotFound() : ExitCode(127);

    /// <summary>It died of a signal, or says that its command did.</summary>
    /// <param name="Code">128 and the signal's number.</param>
    /// <param name="Value">The signal's number, 1 to 64.</param>
    /// <param name="Name"><c>SIGTERM</c>; <c>signal 34</c> for those without a name.</param>
    public sealed record Signal(int Code, int Value, string Name) : ExitCode(Code);

    /// <summary>Whatever the program means by it.</summary>
    public sealed record Other(int Code) : ExitCode(Code);
}
