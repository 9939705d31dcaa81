using System.Collections.Immutable;
using System.CommandLine;

namespace Ecs.Agent.Host.CommandLine;

/// <summary><c>ecs-agent local up</c></summary>
internal sealed class LocalUpCommand : Command, IDocumentedCommand
{
    /// <param name="run">Runs the local ECS until it is told to stop; gives the exit code.</param>
    public LocalUpCommand(Func<LocalUpOptions, CancellationToken, Task<int>> run)
        : base("up", "Start a local ECS and stay. Prints the endpoint for `aws ecs --endpoint-url` on its first line.")
    {
        var port = CommandLineOptions.Port(LocalUpOptions.DefaultPort);
        var instances = new Option<int>("--instances")
        {
            Description = "How many container instances to register, each with all of this machine's resources; 0 waits for agents of their own.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        instances.Validators.Add(CommandLineOptions.InRange(0, LocalUpOptions.MaxInstances));
        var keep = new Option<bool>("--keep") { Description = "Leave its tasks running when it ends, and say how to remove them." };
        var verbose = CommandLineOptions.Verbose();
        Options.Add(port);
        Options.Add(instances);
        Options.Add(keep);
        Options.Add(verbose);
        SetAction((parsed, cancellationToken) => run(
            new LocalUpOptions(parsed.GetValue(port), parsed.GetValue(instances), parsed.GetValue(keep), parsed.GetValue(verbose)),
            cancellationToken));
    }

    public ImmutableArray<HelpSection> HelpSections { get; } =
    [
        new("Examples",
        [
            "ecs-agent local up",
            "ecs-agent local up --port 8000 --instances 3",
            "ecs-agent local up --keep",
            "aws ecs list-container-instances --endpoint-url http://127.0.0.1:51700 --region us-east-1",
        ]),
        new("Exit codes",
        [
            $"{ExitCodes.Success}    stopped by SIGTERM or Ctrl-C, after its tasks had been stopped or, with --keep, left running",
            $"{ExitCodes.Usage}   the command line is not understood",
            $"{ExitCodes.DockerUnreachable}   Docker cannot be reached",
            $"{ExitCodes.TaskNotStarted}   it could not start for another reason, such as a port in use",
        ]),
    ];
}
