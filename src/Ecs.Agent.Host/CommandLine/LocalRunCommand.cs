using System.Collections.Immutable;
using System.CommandLine;

namespace Ecs.Agent.Host.CommandLine;

/// <summary><c>ecs-agent local run FILE</c></summary>
internal sealed class LocalRunCommand : Command, IDocumentedCommand
{
    /// <param name="run">Runs the task until it has stopped; gives the exit code.</param>
    public LocalRunCommand(Func<LocalRunOptions, CancellationToken, Task<int>> run)
        : base("run", "Run one task of an ECS task definition on this machine's Docker and show its life. Ctrl-C stops it as ECS would.")
    {
        var file = new Argument<string>("FILE")
        {
            Description = "register-task-definition JSON, describe-task-definition output or a list of container definitions; - is standard input.",
        };
        file.Validators.Add(CommandLineOptions.RefuseUnknownOption);
        var port = CommandLineOptions.Port(0);
        var keep = new Option<bool>("--keep") { Description = "Keep the stopped containers, for docker inspect and docker logs." };
        var verbose = CommandLineOptions.Verbose();
        Arguments.Add(file);
        Options.Add(port);
        Options.Add(keep);
        Options.Add(verbose);
        SetAction((parsed, cancellationToken) => run(
            new LocalRunOptions(parsed.GetRequiredValue(file), parsed.GetValue(port), parsed.GetValue(keep), parsed.GetValue(verbose)),
            cancellationToken));
    }

    public ImmutableArray<HelpSection> HelpSections { get; } =
    [
        new("Examples",
        [
            "ecs-agent local run examples/hello.json",
            "ecs-agent local run --keep task-definition.json",
            "aws ecs describe-task-definition --task-definition web | ecs-agent local run -",
        ]),
        new("Exit codes",
        [
            "that of the first essential container to end, or",
            .. ExitCodes.OfLocalRun.Select(code => $"{code.Code,-4}{code.Meaning}"),
        ]),
    ];
}
