using System.Collections.Immutable;
using System.Text;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;

namespace Ecs.Agent.Host.Presentation;

/// <summary>All mistakes of a definition, each with its place and its rule.</summary>
internal static class ProblemReport
{
    public static string Render(string file, ImmutableArray<DefinitionProblem> problems)
    {
        var report = new StringBuilder()
            .Append("ecs-agent: ").Append(file == LocalRunOptions.StandardInput ? "standard input" : file).Append(" is not a valid task definition, ")
            .Append(problems.Length).Append(problems.Length == 1 ? " mistake:" : " mistakes:").AppendLine();
        foreach (var problem in problems)
        {
            report.Append("  ").Append(problem.Path).Append(": ").AppendLine(problem.Message);
        }

        return report.ToString();
    }
}
