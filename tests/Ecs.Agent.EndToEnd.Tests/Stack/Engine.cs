using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>The Docker engine behind the agent, asked directly: what really runs.</summary>
internal static class Engine
{
    private static readonly Dictionary<string, string?> Environment = new() { ["DOCKER_HOST"] = TestSettings.DockerHost };

    public static async Task<JsonObject> InspectAsync(string runtimeId) =>
        JsonNode.Parse(await CommandLine.RunAsync("docker", ["inspect", runtimeId], Environment))![0]!.AsObject();

    /// <summary>The names of the containers, running or not, that carry the label.</summary>
    public static async Task<IReadOnlyList<string>> ContainersAsync(string label)
    {
        var output = await CommandLine.RunAsync("docker", ["ps", "--all", "--filter", $"label={label}", "--format", "{{.Names}}"], Environment);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static Task KillAsync(string runtimeId) => CommandLine.RunAsync("docker", ["kill", runtimeId], Environment);
}
