using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>A Docker engine, asked directly: what really runs.</summary>
/// <param name="host">Its endpoint, as in <c>DOCKER_HOST</c>.</param>
internal sealed class Engine(string host)
{
    private readonly Dictionary<string, string?> _environment = new() { ["DOCKER_HOST"] = host };

    /// <summary>The engine that the tests share.</summary>
    public static Engine Shared { get; } = new(TestSettings.DockerHost);

    public string Host => host;

    public async Task<JsonObject> InspectAsync(string runtimeId) =>
        JsonNode.Parse(await CallAsync("inspect", runtimeId))![0]!.AsObject();

    /// <summary>The names of the containers, running or not, that carry the label.</summary>
    public async Task<IReadOnlyList<string>> ContainersAsync(string label)
    {
        var output = await CallAsync("ps", "--all", "--filter", $"label={label}", "--format", "{{.Names}}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public Task KillAsync(string runtimeId) => CallAsync("kill", runtimeId);

    /// <summary>What the container has written to its standard output.</summary>
    public Task<string> LogAsync(string runtimeId) => CallAsync("logs", runtimeId);

    public async Task RemoveAllAsync(string label)
    {
        var names = await ContainersAsync(label);
        if (names.Count > 0)
        {
            await CallAsync(["rm", "--force", "--volumes", .. names]);
        }
    }

    /// <summary><c>docker …</c>, what it prints.</summary>
    public Task<string> CallAsync(params string[] arguments) => CommandLine.RunAsync("docker", arguments, _environment);
}
