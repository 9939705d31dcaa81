using System.Text.Json;
using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests;

/// <summary>
/// Task definitions by other people, run whole with only their images replaced. Many of them check from inside that their setting has
/// arrived and end with 42 if so.
/// </summary>
public sealed class CorpusTests
{
    [Theory]
    [InlineData("005-agent-container-ordering-complete", 0)]
    [InlineData("009-agent-dns-search-domains", 42)]
    [InlineData("010-agent-dns-servers", 42)]
    [InlineData("011-agent-extra-hosts", 42)]
    [InlineData("016-agent-hostname", 42)]
    [InlineData("017-agent-interactive-tty", 42)]
    [InlineData("020-agent-logdriver-jsonfile", 0)]
    [InlineData("021-agent-network-disabled", 42)]
    [InlineData("022-agent-nofiles-ulimit", 42)]
    [InlineData("027-agent-sysctl", 42)]
    [InlineData("028-agent-task-local-vol", 42)]
    [InlineData("029-agent-tmpfs", 42)]
    [InlineData("040-docs-wordpress-mysql-links-awslogs", 0)]
    [InlineData("046-external-nginx", 0)]
    [InlineData("075-teamspeak-bridge-udp-describe", 0)]
    public async Task LocalRun_WithLocalImages_EndsAsTheDefinitionMeans(string file, int exitCode)
    {
        await using var run = RunningProcess.Start(TestSettings.Binary, ["local", "run", WithLocalImages(file)], new Dictionary<string, string?>
        {
            ["DOCKER_HOST"] = TestSettings.DockerHost,
        });

        var ended = await run.ExitAsync();

        Assert.True(ended == exitCode, $"{file} ended with {ended} instead of {exitCode}:\n{run.Output}");
    }

    private static string WithLocalImages(string file)
    {
        var definition = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Corpus", $"{file}.json")))!;
        foreach (var container in Containers(definition))
        {
            container!["image"] = TestSettings.Image;
        }

        var path = Path.Combine(Directory.CreateTempSubdirectory("ecs-agent-corpus-").FullName, $"{file}.json");
        File.WriteAllText(path, definition.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        return path;
    }

    private static JsonArray Containers(JsonNode definition) => definition switch
    {
        JsonArray plain => plain,
        _ => (definition["taskDefinition"] ?? definition)["containerDefinitions"]!.AsArray(),
    };
}
