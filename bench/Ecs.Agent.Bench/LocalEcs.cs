using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecs.Agent.Bench;

/// <summary>A running <c>ecs-agent local up</c> and its ECS API.</summary>
internal sealed class LocalEcs : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private LocalEcs(Process process, Uri endpoint)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = endpoint };
    }

    /// <summary>Starts the binary and waits until its container instance is registered and connected.</summary>
    public static async Task<LocalEcs> StartAsync(string binary, string dockerHost)
    {
        var start = new ProcessStartInfo(binary, ["local", "up", "--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOCKER_HOST"] = dockerHost, ["ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION"] = "1h" },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{binary} does not start.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var endpoint = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("No endpoint was printed.");
        var ecs = new LocalEcs(process, new Uri(endpoint[endpoint.IndexOf("http", StringComparison.Ordinal)..].Trim()));
        while (!await ecs.IsConnectedAsync())
        {
            await Task.Delay(50);
        }

        return ecs;
    }

    public int ProcessId => _process.Id;

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
        using (var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
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
