using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecs.Agent.Protocol.EcsApi;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.LocalControlPlane.Tests.Server;

/// <summary>A control plane on a free port with a clock of its own, and a caller that speaks to it as the CLI does.</summary>
internal sealed class ControlPlaneFixture : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private ControlPlaneFixture(LocalControlPlaneServer server, FakeTimeProvider time)
    {
        Server = server;
        Time = time;
    }

    public LocalControlPlaneServer Server { get; }

    public FakeTimeProvider Time { get; }

    public HttpClient Http => _http;

    /// <summary>No test waits longer than this for something that should happen at once.</summary>
    public static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public static async Task<ControlPlaneFixture> StartAsync(LocalControlPlaneOptions? options = null)
    {
        var time = new FakeTimeProvider(SampleState.Start);
        var server = await LocalControlPlaneServer.StartAsync(
            (options ?? new LocalControlPlaneOptions()) with { Port = 0 }, NullLoggerFactory.Instance, time, new SampleIds().Next, Soon);
        return new ControlPlaneFixture(server, time);
    }

    /// <summary>Sends one API call and gives status and body.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> CallAsync(string operation, string body)
    {
        using var response = await SendAsync(operation, body);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Soon))!);
    }

    public async Task<JsonNode> OkAsync(string operation, string body)
    {
        var (status, answer) = await CallAsync(operation, body);
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    /// <summary>The code and message of a call that must be refused.</summary>
    public async Task<(string Code, string Message)> RefusedAsync(string operation, string body)
    {
        var (status, answer) = await CallAsync(operation, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        return ((string)answer["__type"]!, (string)answer["message"]!);
    }

    public async Task<HttpResponseMessage> SendAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Endpoint)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation);
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        return await _http.SendAsync(request, Soon);
    }

    /// <summary>Registers the family <c>web</c>: an essential <c>app</c> with a health check and a side container.</summary>
    public async Task<string> RegisterWebAsync(string memory = "64")
    {
        var answer = await OkAsync("RegisterTaskDefinition", $$"""
            {"family":"web","containerDefinitions":[
              {"name":"app","image":"busybox","memory":{{memory}},"cpu":128,"healthCheck":{"command":["CMD-SHELL","true"]},
               "portMappings":[{"containerPort":80}]},
              {"name":"side","image":"busybox","memory":16,"essential":false}]}
            """);
        return (string)answer["taskDefinition"]!["taskDefinitionArn"]!;
    }

    public async Task<TestAgent> ConnectAgentAsync(int cpu = 2048, int memory = 4096, string token = "token")
    {
        Server.Api.CreateCluster(new CreateClusterRequest());
        var agent = await TestAgent.RegisterAsync(this, cpu, memory, token);
        await agent.ConnectAsync();
        return agent;
    }

    public async Task<JsonNode> RunAsync(int count = 1) =>
        await OkAsync(
            "RunTask",
            JsonSerializer.Serialize(
                new RunTaskRequest { TaskDefinition = "web", Count = count }, EcsApiJsonContext.Default.RunTaskRequest));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
