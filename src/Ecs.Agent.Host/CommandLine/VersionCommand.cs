using System.CommandLine;

namespace Ecs.Agent.Host.CommandLine;

/// <summary><c>ecs-agent version</c></summary>
internal sealed class VersionCommand : Command
{
    public VersionCommand(CommandConsole console)
        : base("version", "Print the version.")
    {
        Action = new PrintVersion(console);
    }
}
