using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>The command line as a whole: which commands there are, and what happens with input that is none of them.</summary>
internal sealed class AgentCommandLine
{
    private readonly RootCommand _root;
    private readonly CommandConsole _console;

    public AgentCommandLine(CommandConsole console, CommandHandlers handlers)
    {
        _console = console;
        _root = new RootCommand("An Amazon ECS container agent for Docker, and ECS on one machine.");
        _root.Subcommands.Add(new LocalCommand(new LocalUpCommand(handlers.LocalUp), new LocalRunCommand(handlers.LocalRun)));
        _root.Subcommands.Add(new CheckCommand(handlers.Check));
        _root.Subcommands.Add(new RunCommand(handlers.Run));
        _root.Subcommands.Add(new DoctorCommand(handlers.Doctor));
        _root.Subcommands.Add(new ExplainCommand(handlers.Explain));
        _root.Subcommands.Add(new VersionCommand(console));
        ExtendOptions(_root, console);
    }

    /// <summary>Runs the command that the arguments name; gives the exit code of the process.</summary>
    public async Task<int> InvokeAsync(string[] args, CancellationToken cancellationToken)
    {
        var parsed = _root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return RefuseInput(parsed);
        }

        // Signals are the commands' own business: a first Ctrl-C asks for more than to be gone within two seconds.
        var configuration = new InvocationConfiguration
        {
            Output = _console.Output,
            Error = _console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private int RefuseInput(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            _console.Error.WriteLine($"ecs-agent: {error.Message}");
        }

        _console.Error.WriteLine($"See `{NameOf(parsed.CommandResult)} --help`.");
        return ExitCodes.Usage;
    }

    private static string NameOf(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "ecs-agent";

    private static void ExtendOptions(RootCommand root, CommandConsole console)
    {
        foreach (var option in root.Options)
        {
            option.Action = (option, option.Action) switch
            {
                (HelpOption, HelpAction help) => new HelpWithExamples(help),
                (VersionOption, _) => new PrintVersion(console),
                _ => option.Action,
            };
        }
    }
}
