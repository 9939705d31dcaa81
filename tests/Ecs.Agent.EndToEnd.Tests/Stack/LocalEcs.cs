using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>A running <c>ecs-agent local up</c> with the real AWS CLI pointed at it.</summary>
internal sealed class LocalEcs : IAsyncDisposable
{
    private LocalEcs(RunningProcess process, string endpoint)
    {
        Process = process;
        Endpoint = endpoint;
    }

    public RunningProcess Process { get; }

    /// <summary><c>http://127.0.0.1:PORT</c></summary>
    public string Endpoint { get; }

    public static async Task<LocalEcs> StartAsync(
        int instances = 1, IReadOnlyDictionary<string, string?>? environment = null, params string[] options)
    {
        var whole = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>()) { ["DOCKER_HOST"] = TestSettings.DockerHost };
        string[] arguments = ["local", "up", "--port", "0", "--instances", $"{instances}", .. options];
        var process = RunningProcess.Start(TestSettings.Binary, arguments, whole);
        var line = await process.LineAsync("http://127.0.0.1:");
        var ecs = new LocalEcs(process, line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0].Trim());
        if (instances > 0)
        {
            await ecs.InstancesAsync(instances);
        }

        return ecs;
    }

    /// <summary>Waits until that many container instances are connected, and gives their ARNs.</summary>
    public async Task<IReadOnlyList<string>> InstancesAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var arns = (await EcsAsync("list-container-instances"))["containerInstanceArns"]!.AsArray().Select(a => (string)a!).ToList();
            if (arns.Count >= count && await AllConnectedAsync(arns))
            {
                return arns;
            }

            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary><c>aws ecs …</c>, its answer as JSON.</summary>
    public async Task<JsonObject> EcsAsync(params string[] arguments)
    {
        var output = await CommandLine.RunAsync(TestSettings.AwsCli, ["--endpoint-url", Endpoint, "--output", "json", "ecs", .. arguments], AwsEnvironment);
        return output.Trim().Length == 0 ? [] : JsonNode.Parse(output)!.AsObject();
    }

    public static IReadOnlyDictionary<string, string?> AwsEnvironment { get; } = new Dictionary<string, string?>
    {
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PAGER"] = "",
    };

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<bool> AllConnectedAsync(List<string> arns)
    {
        var answer = await EcsAsync(["describe-container-instances", "--container-instances", .. arns]);
        return answer["containerInstances"]!.AsArray().All(i => (bool?)i!["agentConnected"] == true);
    }
}
