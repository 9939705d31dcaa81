using System.Collections.Immutable;
using System.CommandLine;

namespace Ecs.Agent.Host.CommandLine;

/// <summary><c>ecs-agent doctor</c></summary>
internal sealed class DoctorCommand : Command, IDocumentedCommand
{
    /// <param name="examine">Looks, prints and gives the exit code; takes the directory to look into, or null.</param>
    public DoctorCommand(Func<string?, CancellationToken, Task<int>> examine)
        : base("doctor", "Look at the configuration, at Docker and at the saved state that an agent of this environment has. Changes nothing.")
    {
        var directory = new Option<string?>("--data-dir")
        {
            Description = "The data directory to look into. [default: ECS_DATADIR]",
            HelpName = "DIR",
        };
        Options.Add(directory);
        SetAction((parsed, cancellationToken) => examine(parsed.GetValue(directory), cancellationToken));
    }

    public ImmutableArray<HelpSection> HelpSections { get; } =
    [
        new("Examples",
        [
            "ECS_DATADIR=/var/lib/ecs/data ecs-agent doctor",
            "ecs-agent doctor --data-dir /var/lib/ecs/data",
        ]),
        new("Exit codes",
        [
            "0   nothing keeps the agent from working; warnings may have been printed",
            "1   something does; it is marked FAIL, with what to do about it",
        ]),
    ];
}
