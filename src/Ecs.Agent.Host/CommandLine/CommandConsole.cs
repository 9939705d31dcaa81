namespace Ecs.Agent.Host.CommandLine;

/// <summary>Where a command writes. What a command was asked for goes to <see cref="Output"/>, what went wrong to <see cref="Error"/>.</summary>
internal sealed record CommandConsole(TextWriter Output, TextWriter Error)
{
    /// <summary>Whether somebody watches: then lines may be coloured and a progress line may be rewritten in place.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether colours are wanted; never without a terminal.</summary>
    public bool Colours { get; init; }

    /// <summary>The console of this process.</summary>
    public static CommandConsole OfProcess(IReadOnlyDictionary<string, string> environment) =>
        Of(Console.Out, Console.Error, Console.IsOutputRedirected, environment);

    /// <summary><c>NO_COLOR</c>, set to anything but nothing, turns colours off; <c>TERM=dumb</c> everything that plain lines are not.</summary>
    public static CommandConsole Of(TextWriter output, TextWriter error, bool isRedirected, IReadOnlyDictionary<string, string> environment)
    {
        var isTerminal = !isRedirected && environment.GetValueOrDefault("TERM") != "dumb";
        return new CommandConsole(output, error)
        {
            IsTerminal = isTerminal,
            Colours = isTerminal && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR")),
        };
    }
}
