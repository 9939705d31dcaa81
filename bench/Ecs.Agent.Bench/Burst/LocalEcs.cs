using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecs.Agent.Bench.Burst;

/// <summary>A running control plane with one agent, in one process (<c>local up</c>) or in two (<c>run</c> beside it).</summary>
internal sealed class LocalEcs : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly HttpClient _http;

    private LocalEcs(Process process, Uri endpoint)
    {
        _processes.Add(process);
        _http = new HttpClient { BaseAddress = endpoint };
    }

    /// <summary>Starts the binary and waits until its container instance, if it is to have one, is registered and connected.</summary>
    public static async Task<LocalEcs> StartAsync(string binary, string dockerHost, bool separateAgent, int instances = 1)
    {
        var process = Start(binary, ["local", "up", "--port", "0", "--instances", separateAgent ? "0" : $"{instances}"], dockerHost, []);
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("No endpoint was printed.");
        var endpoint = line[line.IndexOf("http", StringComparison.Ordinal)..].Trim();
        var ecs = new LocalEcs(process, new Uri(endpoint));
        if (separateAgent)
        {
            await ecs.StartAgentAsync(binary, dockerHost, endpoint);
        }
        else if (instances > 0)
        {
            await ecs.ConnectedAsync();
        }

        return ecs;
    }

    /// <summary>Starts an agent in a process of its own, and waits until it is connected.</summary>
    public async Task StartAgentAsync(string binary, string dockerHost, string endpoint)
    {
        await CallAsync("CreateCluster", []);
        _processes.Add(Start(binary, ["run"], dockerHost, new Dictionary<string, string?>
        {
            ["ECS_BACKEND_HOST"] = endpoint,
            ["ECS_EXTERNAL"] = "true",
            ["ECS_IMAGE_PULL_BEHAVIOR"] = "prefer-cached",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
        }));
        await ConnectedAsync();
    }

    /// <summary>The port of the ECS API on loopback.</summary>
    public int Port => _http.BaseAddress!.Port;

    /// <summary>The process with the agent in it.</summary>
    public int ProcessId => _processes[^1].Id;

    private static Process Start(string binary, string[] arguments, string dockerHost, Dictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(binary, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        environment["DOCKER_HOST"] = dockerHost;
        environment["ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION"] = "1h";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{binary} does not start.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    public async Task<JsonObject> CallAsync(string operation, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1")),
        };
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"{operation}: {(int)response.StatusCode} {text}");
    }

    /// <summary>A figure of <c>/proc/PID/status</c> in MB, such as <c>VmRSS</c> or <c>VmHWM</c>.</summary>
    public double Megabytes(string figure)
    {
        var line = File.ReadLines($"/proc/{ProcessId}/status").First(l => l.StartsWith(figure + ":", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1000.0 * 1.024;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _http.Dispose();
    }

    private async Task ConnectedAsync()
    {
        while (!await IsConnectedAsync())
        {
            await Task.Delay(50);
        }
    }

    private async Task<bool> IsConnectedAsync()
    {
        var list = await CallAsync("ListContainerInstances", []);
        if (list["containerInstanceArns"] is not JsonArray { Count: > 0 } arns)
        {
            return false;
        }

        var answer = await CallAsync("DescribeContainerInstances", new JsonObject { ["containerInstances"] = arns.DeepClone() });
        return answer["containerInstances"]!.AsArray().All(i => (bool?)i!["agentConnected"] == true);
    }
}
