using System.CommandLine;

namespace Ecs.Agent.Host.CommandLine;

/// <summary><c>ecs-agent local …</c></summary>
internal sealed class LocalCommand : Command
{
    public LocalCommand(LocalUpCommand up, LocalRunCommand run)
        : base("local", "Run ECS on this machine: an embedded control plane and the agent in one process; no AWS account.")
    {
        Subcommands.Add(run);
        Subcommands.Add(up);
    }
}
