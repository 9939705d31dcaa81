using System.Collections.Immutable;
using System.CommandLine;

namespace Ecs.Agent.Host.CommandLine;

/// <summary><c>ecs-agent explain [TASK]</c></summary>
internal sealed class ExplainCommand : Command, IDocumentedCommand
{
    /// <param name="explain">Asks the agents of this machine; gives the exit code.</param>
    public ExplainCommand(Func<ExplainOptions, CancellationToken, Task<int>> explain)
        : base("explain", "Say what a task waits for, or what made it stop. Asks the agents that run on this machine; changes nothing.")
    {
        var task = new Argument<string?>("TASK")
        {
            Description = "The task's ARN, its id or the beginning of its id. Without it: all tasks, with one line each.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        task.Validators.Add(CommandLineOptions.RefuseUnknownOption);
        var json = new Option<bool>("--json") { Description = "Print JSON, for programs. Its members are documented in docs/explain.md." };
        var logLines = new Option<int>("--log-lines")
        {
            Description = "How many of the last lines of each container to show; 0 for none.",
            HelpName = "N",
            DefaultValueFactory = _ => ExplainOptions.DefaultLogLines,
        };
        logLines.Validators.Add(CommandLineOptions.InRange(0, ExplainOptions.MostLogLines));
        Arguments.Add(task);
        Options.Add(json);
        Options.Add(logLines);
        SetAction((parsed, cancellationToken) => explain(
            new ExplainOptions(parsed.GetValue(task), parsed.GetValue(json), parsed.GetValue(logLines)), cancellationToken));
    }

    public ImmutableArray<HelpSection> HelpSections { get; } =
    [
        new("Examples",
        [
            "ecs-agent explain                          all tasks, and why each is as it is",
            "ecs-agent explain 694e8e11                 one task, by the beginning of its id",
            "ecs-agent explain --log-lines 50 694e8e11",
            "ecs-agent explain --json 694e8e11 | jq .stop.culprits",
        ]),
        new("Environment",
        [
            "ECS_OPERATOR_SOCKET_DIR   where the agents' sockets are; give the agents the same",
            "                          (default: /run/ecs-agent for root, else $XDG_RUNTIME_DIR/ecs-agent)",
        ]),
        new("Exit codes", [.. ExitCodes.OfExplain.Select(code => $"{code.Code,-4}{code.Meaning}")]),
    ];
}
