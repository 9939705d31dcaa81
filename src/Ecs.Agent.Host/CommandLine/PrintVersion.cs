using System.CommandLine;
using System.CommandLine.Invocation;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>What <c>version</c> and <c>--version</c> do.</summary>
internal sealed class PrintVersion(CommandConsole console) : SynchronousCommandLineAction
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    private static readonly string Number = typeof(PrintVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        console.Output.WriteLine($"ecs-agent {Number}");
        return ExitCodes.Success;
    }
}
