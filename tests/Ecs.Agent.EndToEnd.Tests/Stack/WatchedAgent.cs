using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>
/// A standalone agent in a cluster of its own, on a local control plane that it reaches through a <see cref="RecordingProxy"/>: everything
/// it submits is seen. Removes its containers at the end.
/// </summary>
internal sealed class WatchedAgent : IAsyncDisposable
{
    private readonly RunningProcess _controlPlane;
    private readonly RecordingProxy _proxy;
    private readonly EcsApi _api;
    private readonly Engine _engine;
    private readonly IReadOnlyDictionary<string, string?> _settings;

    private WatchedAgent(
        RunningProcess controlPlane, RecordingProxy proxy, EcsApi api, Engine engine, string cluster, IReadOnlyDictionary<string, string?> settings)
    {
        _settings = settings;
        _controlPlane = controlPlane;
        _proxy = proxy;
        _api = api;
        _engine = engine;
        Process = Start(settings);
        Cluster = cluster;
    }

    /// <summary>The agent's process; after a restart the new one.</summary>
    public RunningProcess Process { get; private set; }

    public string Cluster { get; }

    public Engine Engine => _engine;

    /// <param name="engine">Where it runs its tasks.</param>
    /// <param name="environment">Beyond what makes it a local agent.</param>
    public static async Task<WatchedAgent> StartAsync(Engine engine, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var cluster = $"e2e-{Guid.NewGuid():n}"[..12];
        var controlPlane = RunningProcess.Start(
            TestSettings.Binary,
            ["local", "up", "--port", "0", "--instances", "0"],
            new Dictionary<string, string?> { ["DOCKER_HOST"] = engine.Host });
        var line = await controlPlane.LineAsync("http://127.0.0.1:");
        var endpoint = line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0].Trim();
        var proxy = RecordingProxy.OnLoopback(new Uri(endpoint).Port);
        var api = new EcsApi(endpoint);
        await api.CallAsync("CreateCluster", new JsonObject { ["clusterName"] = cluster });
        var settings = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["DOCKER_HOST"] = engine.Host,
            ["ECS_BACKEND_HOST"] = $"http://127.0.0.1:{proxy.Port}",
            ["ECS_CLUSTER"] = cluster,
            ["ECS_EXTERNAL"] = "true",
            ["ECS_IMAGE_PULL_BEHAVIOR"] = "prefer-cached",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
        };
        var watched = new WatchedAgent(controlPlane, proxy, api, engine, cluster, settings);
        await watched.ConnectedAsync();
        return watched;
    }

    /// <summary>Ends the agent by that signal and gives its exit code.</summary>
    public async Task<int> EndAsync(string signal)
    {
        await Process.SignalAsync(signal);
        return await Process.ExitAsync();
    }

    /// <summary>Starts the agent again, as it was configured, and waits until it is connected.</summary>
    public async Task StartAgainAsync()
    {
        await Eventually.IsTrueAsync(async () => !await IsConnectedAsync(), () => "The control plane never saw the agent go.");
        await Process.DisposeAsync();
        Process = Start(_settings);
        await ConnectedAsync();
    }

    /// <summary>Registers the containers as a family of that name and runs one task of it.</summary>
    /// <param name="family">A name that no other test uses.</param>
    /// <param name="containerDefinitions">A JSON array; each container gets the tests' image and 16 MiB unless it says otherwise.</param>
    public async Task<WatchedTask> RunAsync(string family, string containerDefinitions)
    {
        await RegisterAsync(family, containerDefinitions);
        return await RunAsync(family);
    }

    /// <summary>Runs one more task of a registered family.</summary>
    public async Task<WatchedTask> RunAsync(string family)
    {
        var run = await CallAsync("RunTask", new JsonObject { ["taskDefinition"] = family });
        var arn = (string?)run["tasks"]?.AsArray().FirstOrDefault()?["taskArn"]
            ?? throw new InvalidOperationException($"{family} was not placed: {run.ToJsonString()}");
        return new WatchedTask(this, arn);
    }

    public Task RegisterAsync(string family, string containerDefinitions)
    {
        var containers = JsonNode.Parse(containerDefinitions)!.AsArray();
        foreach (var container in containers.OfType<JsonObject>())
        {
            container.TryAdd("image", TestSettings.Image);
            container.TryAdd("memory", 16);
        }

        return CallAsync("RegisterTaskDefinition", new JsonObject
        {
            ["family"] = family,
            ["networkMode"] = "none",
            ["containerDefinitions"] = containers,
        });
    }

    /// <summary>Calls the ECS API for this agent's cluster.</summary>
    public Task<JsonObject> CallAsync(string operation, JsonObject body)
    {
        if (operation != "RegisterTaskDefinition")
        {
            body["cluster"] = Cluster;
        }

        return _api.CallAsync(operation, body);
    }

    /// <summary>What the agent has submitted of the task, in order.</summary>
    public IReadOnlyList<Submission> SubmissionsOf(string taskArn) =>
    [
        .. _proxy.Requests
            .Where(request => request.Calls("SubmitTaskStateChange"))
            .Select(request => new Submission(request.At, JsonNode.Parse(request.Body)!.AsObject()))
            .Where(submission => submission.TaskArn == taskArn),
    ];

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _controlPlane.DisposeAsync();
        await _proxy.DisposeAsync();
        _api.Dispose();
        await _engine.RemoveAllAsync($"com.amazonaws.ecs.cluster={Cluster}");
    }

    private static RunningProcess Start(IReadOnlyDictionary<string, string?> settings) =>
        RunningProcess.Start(TestSettings.Binary, ["run"], settings);

    private Task ConnectedAsync() => Eventually.IsTrueAsync(IsConnectedAsync, () => $"The agent does not connect:\n{Process.Output}");

    private async Task<bool> IsConnectedAsync()
    {
        var arns = (await CallAsync("ListContainerInstances", []))["containerInstanceArns"]!.AsArray();
        if (arns.Count == 0)
        {
            return false;
        }

        var answer = await CallAsync("DescribeContainerInstances", new JsonObject { ["containerInstances"] = arns.DeepClone() });
        return answer["containerInstances"]!.AsArray().All(instance => (bool?)instance!["agentConnected"] == true);
    }
}
