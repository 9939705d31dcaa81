using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>The usual help, and behind it what the command adds: examples, exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IDocumentedCommand documented)
        {
            var output = parseResult.InvocationConfiguration.Output;
            foreach (var section in documented.HelpSections)
            {
                output.WriteLine(section.Title + ":");
                foreach (var line in section.Lines)
                {
                    output.WriteLine("  " + line);
                }

                output.WriteLine();
            }
        }

        return result;
    }
}
