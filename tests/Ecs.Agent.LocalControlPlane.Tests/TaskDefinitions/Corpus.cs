using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

/// <summary>The real task definitions beside the tests.</summary>
internal static partial class Corpus
{
    public static IEnumerable<string> Files(string kind) =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", kind), "*.json").Select(Path.GetFileName).Order()!;

    public static string Text(string kind, string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Corpus", kind, file));

    public static TaskDefinitionReadResult Read(string kind, string file) =>
        TaskDefinitionReader.Read(Text(kind, file), file[..^".json".Length]);

    public static ImmutableArray<DefinitionProblem> Problems(string kind, string file)
    {
        var read = Read(kind, file);
        return read.Request is { } request ? TaskDefinitionValidator.Validate(request) : read.Problems;
    }

    /// <summary>
    /// A valid file with the placeholders of its templates filled in: by their default where they have one, by a word otherwise. A plain text
    /// that is no template stays as it is.
    /// </summary>
    public static RegisterTaskDefinitionRequest Filled(string file)
    {
        var text = Placeholder().Replace(WithDefault().Replace(Text("valid", file), "$1"), "filled");
        return TaskDefinitionReader.Read(text, file[..^".json".Length]).Request
            ?? throw new InvalidOperationException($"{file} cannot be read.");
    }

    [GeneratedRegex(@"\{\{ env `[^`]*` `([^`]*)` \}\}")]
    private static partial Regex WithDefault();

    [GeneratedRegex(@"\{\{[^}]*\}\}|\$\{[^}]*\}|<[A-Za-z_-]+>")]
    private static partial Regex Placeholder();

    public static RegisterTaskDefinitionRequest Request(string file) =>
        Read("valid", file).Request ?? throw new InvalidOperationException($"{file} cannot be read.");
}
