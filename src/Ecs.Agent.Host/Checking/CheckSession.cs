using System.Text.Encodings.Web;
using System.Text.Json;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Local;
using Ecs.Agent.Host.Presentation;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

namespace Ecs.Agent.Host.Checking;

/// <summary><c>check FILE</c>: what would become of a definition. Reads the file and the environment, and nothing else.</summary>
internal sealed class CheckSession(
    CommandConsole console, TextReader standardInput, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    // For terminals and jq, not for web pages: nothing but what JSON itself wants escaped is.
    private static readonly CheckJson Indented = new(new JsonSerializerOptions(CheckJson.Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Gives one of <see cref="ExitCodes.OfCheck"/>.</summary>
    public async Task<int> RunAsync(CheckOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var file = await TaskDefinitionFile.ReadAsync(options.File, standardInput, cancellationToken);
            var machine = await ThisMachine.DescribeAsync(environment, time, cancellationToken);
            var read = TaskDefinitionReader.Read(file.Text, file.Name);
            var report = DefinitionCheck.Of(read, machine);
            Show(options, read, report);
            return ExitCode(options, report);
        }
        catch (LocalStartException failure)
        {
            console.Error.WriteLine($"ecs-agent: {failure.Message}");
            return failure.ExitCode;
        }
    }

    private void Show(CheckOptions options, TaskDefinitionReadResult read, DefinitionReport report)
    {
        var name = options.File == LocalRunOptions.StandardInput ? "standard input" : options.File;
        if (options.Json)
        {
            console.Output.WriteLine(JsonSerializer.Serialize(CheckDocument.Of(name, read.Notes, report), Indented.CheckDocument));
            return;
        }

        foreach (var line in new CheckLines(console.Colours).Of(name, read.Notes, report))
        {
            console.Output.WriteLine(line);
        }
    }

    private static int ExitCode(CheckOptions options, DefinitionReport report) => report switch
    {
        { Mistakes.IsEmpty: false } => ExitCodes.DefinitionInvalid,
        _ when report.Targets.Any(target => options.Required.Contains(target.Target) && !target.CanRun) => ExitCodes.TargetRefuses,
        _ => ExitCodes.Success,
    };
}
