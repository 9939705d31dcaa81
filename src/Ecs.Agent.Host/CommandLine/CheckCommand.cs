using System.Collections.Immutable;
using System.CommandLine;

namespace Ecs.Agent.Host.CommandLine;

/// <summary><c>ecs-agent check FILE</c></summary>
internal sealed class CheckCommand : Command, IDocumentedCommand
{
    /// <param name="check">Reads, prints and gives the exit code.</param>
    public CheckCommand(Func<CheckOptions, CancellationToken, Task<int>> check)
        : base("check", "Say what would become of each field of a task definition: here, on EC2, on Fargate, on external instances. Runs nothing.")
    {
        var file = new Argument<string>("FILE")
        {
            Description = "register-task-definition JSON, describe-task-definition output or a list of container definitions; - is standard input.",
        };
        file.Validators.Add(CommandLineOptions.RefuseUnknownOption);
        var json = new Option<bool>("--json") { Description = "Print JSON, for programs. Its members are documented in docs/check.md." };
        var required = new Option<string[]>("--for")
        {
            Description = "Fail, too, when no task of it could run there: local, ec2, fargate or external. May be given several times.",
            HelpName = "TARGET",
        };
        required.AcceptOnlyFromAmong([.. CheckOptions.Targets.Select(target => target.Name)]);
        Arguments.Add(file);
        Options.Add(json);
        Options.Add(required);
        SetAction((parsed, cancellationToken) => check(
            new CheckOptions(
                parsed.GetRequiredValue(file),
                parsed.GetValue(json),
                [
                    .. CheckOptions.Targets.Where(target => parsed.GetValue(required)?.Contains(target.Name) == true)
                        .Select(target => target.Target),
                ]),
            cancellationToken));
    }

    public ImmutableArray<HelpSection> HelpSections { get; } =
    [
        new("Examples",
        [
            "ecs-agent check task-definition.json",
            "ecs-agent check --for fargate task-definition.json       in CI, before a deployment to Fargate",
            "aws ecs describe-task-definition --task-definition web | ecs-agent check -",
            "ecs-agent check --json task-definition.json | jq '.mistakes[].path'",
        ]),
        new("Needs",
        [
            "neither Docker nor root nor AWS. 'Here' is what `ecs-agent local` would do with it on this machine, with this environment.",
        ]),
        new("Exit codes", [.. ExitCodes.OfCheck.Select(code => $"{code.Code,-4}{code.Meaning}")]),
    ];
}
