using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Operations;

namespace Ecs.Agent.Host.Tests.Operations;

/// <summary>The command against agents that answer as written.</summary>
public sealed class ExplainSessionTests : IDisposable
{
    private const string NotFound = """{"error":"notFound","text":"This agent knows no such task.","taskArns":[]}""";

    private readonly string _sockets = Directory.CreateTempSubdirectory("ecs-cli-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly List<Socket> _agents = [];

    public void Dispose()
    {
        _agents.ForEach(agent => agent.Dispose());
        Directory.Delete(_sockets, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Explain_NoAgent_SaysWhereItLooked()
    {
        Assert.Equal(ExitCodes.NoAgent, await RunAsync(null));
        Assert.Equal($"ecs-agent: no agent answers on this machine; looked in {_sockets}.{Environment.NewLine}", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Explain_AgentThatWasKilled_IsAsIfThereWereNone()
    {
        Agent("a", "HTTP/1.1 200 OK", "{}");
        _agents[0].Dispose();
        await File.WriteAllTextAsync(Path.Combine(_sockets, "agent-1-b.sock"), "", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.NoAgent, await RunAsync("t1"));
    }

    [Fact]
    public async Task Explain_TaskOfOneOfTwoAgents_IsShown()
    {
        Agent("a", "HTTP/1.1 404 Not Found", NotFound);
        Agent("b", "HTTP/1.1 200 OK", Task("t1"));

        Assert.Equal(ExitCodes.Success, await RunAsync("t1"));
        Assert.StartsWith("task t1 of web:3", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Explain_Json_IsTheAgentsDocument()
    {
        Agent("a", "HTTP/1.1 200 OK", Task("t1"));

        Assert.Equal(ExitCodes.Success, await RunAsync("t1", json: true));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Task("t1")), JsonNode.Parse(_output.ToString())));
    }

    [Fact]
    public async Task Explain_TaskThatNobodyKnows_SaysWhatMayHaveBecomeOfIt()
    {
        Agent("a", "HTTP/1.1 404 Not Found", NotFound);

        Assert.Equal(ExitCodes.NoSuchTask, await RunAsync("t9"));
        Assert.Contains("no agent on this machine knows a task 't9'", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_NameThatTwoAgentsKnow_IsAmbiguous()
    {
        Agent("a", "HTTP/1.1 200 OK", Task("t1"));
        Agent("b", "HTTP/1.1 409 Conflict", """{"error":"ambiguous","text":"Several.","taskArns":["arn/t2","arn/t3"]}""");

        Assert.Equal(ExitCodes.AmbiguousTask, await RunAsync("t"));
        Assert.Contains("3 tasks begin with 't'", _error.ToString(), StringComparison.Ordinal);
        Assert.All(["arn/t1", "arn/t2", "arn/t3"], arn => Assert.Contains(arn, _error.ToString(), StringComparison.Ordinal));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Explain_AgentThatIsNotUnderstood_IsNamedAndTheOthersAreAsked()
    {
        Agent("a", "HTTP/1.1 200 OK", "gibberish");
        Agent("b", "HTTP/1.1 200 OK", """{"agent":{"pid":7,"cluster":"default"},"tasks":[]}""");

        Assert.Equal(ExitCodes.Success, await RunAsync(null));
        Assert.Contains("agent-1-a.sock gives no answer", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("The agent of this machine has no tasks." + Environment.NewLine, _output.ToString());
    }

    [Fact]
    public async Task List_Json_HasOneEntryPerAgent()
    {
        Agent("a", "HTTP/1.1 200 OK", """{"agent":{"pid":7,"cluster":"default"},"tasks":[]}""");
        Agent("b", "HTTP/1.1 200 OK", """{"agent":{"pid":8,"cluster":"default"},"tasks":[]}""");

        Assert.Equal(ExitCodes.Success, await RunAsync(null, json: true));
        Assert.Equal([7, 8], JsonNode.Parse(_output.ToString())!.AsArray().Select(agent => (int)agent!["agent"]!["pid"]!));
    }

    private Task<int> RunAsync(string? task, bool json = false) =>
        new ExplainSession(new CommandConsole(_output, _error), new Dictionary<string, string> { ["ECS_OPERATOR_SOCKET_DIR"] = _sockets })
            .RunAsync(new ExplainOptions(task, json, 5), TestContext.Current.CancellationToken);

    private static string Task(string id) =>
        $$"""
        {"agent":{"pid":7,"cluster":"default"},"taskArn":"arn/{{id}}","family":"web","revision":"3","desiredStatus":"RUNNING","knownStatus":"RUNNING",
        "knownSince":"2026-01-01T00:00:00+00:00","sentStatus":"RUNNING","explainedAt":"2026-01-01T00:00:05+00:00","text":"RUNNING","why":"runs",
        "waits":[],"containers":[]}
        """;

    /// <summary>Listens, and gives every connection the same answer.</summary>
    private void Agent(string name, string status, string body)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_sockets, $"agent-1-{name}.sock")));
        socket.Listen();
        _agents.Add(socket);
        _ = ServeAsync(socket, $"{status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
    }

    private static async Task ServeAsync(Socket socket, string answer)
    {
        try
        {
            using var connection = await socket.AcceptAsync();
            var request = new byte[4096];
            await connection.ReceiveAsync(request);
            await connection.SendAsync(Encoding.UTF8.GetBytes(answer));
        }
        catch (SocketException)
        {
            // The test is over.
        }
        catch (ObjectDisposedException)
        {
            // The same.
        }
    }
}
