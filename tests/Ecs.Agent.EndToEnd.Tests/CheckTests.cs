using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests;

/// <summary><c>ecs-agent check FILE</c> of the native executable, with no Docker to be found.</summary>
public sealed class CheckTests
{
    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "Corpus");

    [Theory]
    [InlineData("049-firelens-appmesh-envoy-proxy", 0, "Valid; runs here, on EC2 and on Fargate, not on external instances.")]
    [InlineData("079-xray-daemon-links-udp", 65, "Not valid: 1 mistake, listed above.")]
    [InlineData("002-agent-add-drop-capabilities", 74, "Valid; runs here, on EC2 and on external instances, not on Fargate.")]
    public async Task Check_DefinitionOfTheCorpus_EndsWithItsVerdict(string file, int exitCode, string verdict)
    {
        await using var check = Check("--for", "fargate", Path.Combine(Files, $"{file}.json"));

        Assert.Equal(exitCode, await check.ExitAsync());
        Assert.EndsWith(verdict, check.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Json_IsReadByPrograms()
    {
        await using var check = Check("--json", Path.Combine(Files, "080-youtube-efs-access-point-describe.json"));

        Assert.Equal(0, await check.ExitAsync());
        var document = JsonNode.Parse(check.Output)!;
        Assert.True((bool)document["valid"]!);
        Assert.Equal(
            [("local", false), ("ec2", true), ("fargate", true), ("external", false)],
            document["targets"]!.AsArray().Select(target => ((string)target!["name"]!, (bool)target["runs"]!)));
    }

    private static RunningProcess Check(params string[] args) => RunningProcess.Start(
        TestSettings.Binary, ["check", .. args], new Dictionary<string, string?> { ["DOCKER_HOST"] = "unix:///nowhere/docker.sock" });
}
