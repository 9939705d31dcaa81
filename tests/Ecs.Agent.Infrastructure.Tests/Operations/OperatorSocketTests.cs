using System.Net.Sockets;
using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Infrastructure.Operations;

namespace Ecs.Agent.Infrastructure.Tests.Operations;

public sealed class OperatorSocketTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Socket_Listening_IsForItsOwnerOnlyAndNamesItsProcess()
    {
        await using var scene = new SocketScene();
        var socket = await scene.ListenAsync();

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(scene.Sockets));
        Assert.Equal(Owner, File.GetUnixFileMode(socket.Path!) & (UnixFileMode)0b111_111_111);
        Assert.Matches($@"/agent-{Environment.ProcessId}-[0-9a-f]{{8}}\.sock$", socket.Path!);
        Assert.Equal([socket.Path!], SocketDirectory.SocketsIn(scene.Sockets).AsEnumerable());
        Assert.Empty(scene.Log.Warnings);
    }

    [Fact]
    public async Task Socket_AfterTheStop_IsGone()
    {
        await using var scene = new SocketScene();
        var socket = await scene.ListenAsync();
        await socket.StopAsync(Cancellation);

        Assert.Empty(Directory.GetFileSystemEntries(scene.Sockets));
    }

    [Fact]
    public async Task Start_SocketsOfDeadProcesses_AreRemovedAndNobodyElses()
    {
        await using var scene = new SocketScene();
        Directory.CreateDirectory(scene.Sockets, Owner | UnixFileMode.UserExecute);
        string[] stale = [Dead(scene, "agent-999999999-aa.sock"), Dead(scene, $"agent-{Environment.ProcessId}-aa.sock")];
        string[] kept = [Dead(scene, "agent-1-starting.sock"), Dead(scene, "somebody-else.sock")];
        var live = Path.Combine(scene.Sockets, "agent-999999998-live.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(live));
        listener.Listen();

        var socket = await scene.ListenAsync();

        Assert.All(stale, path => Assert.False(File.Exists(path)));
        Assert.All([.. kept, live, socket.Path!], path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public async Task Start_DirectoryOpenToOthers_IsAWarningAndChangesNothing()
    {
        await using var scene = new SocketScene();
        const UnixFileMode open = Owner | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(scene.Sockets);
        File.SetUnixFileMode(scene.Sockets, open);
        var socket = await scene.ListenAsync();

        Assert.Null(socket.Path);
        Assert.Equal(open, File.GetUnixFileMode(scene.Sockets));
        Assert.Contains("(mode 701); make that 700", Assert.Single(scene.Log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file/agents")]
    [InlineData("a-path-that-is-longer-than-the-hundred-and-eight-bytes-that-the-kernel-has-for-the-path-of-a-unix-domain-socket")]
    public async Task Start_SocketThatCannotBe_IsAWarningThatNamesTheWayOut(string directory)
    {
        await using var scene = new SocketScene();
        await File.WriteAllTextAsync(Path.Combine(scene.Root, "file"), "", Cancellation);
        var socket = await scene.ListenAsync(
            new Dictionary<string, string> { [SocketDirectory.Variable] = Path.Combine(scene.Root, directory) });

        Assert.Null(socket.Path);
        var warning = Assert.Single(scene.Log.Warnings);
        Assert.Contains(directory, warning, StringComparison.Ordinal);
        Assert.EndsWith("Set ECS_OPERATOR_SOCKET_DIR to another directory", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_List_GivesEveryTaskWithItsLine()
    {
        await using var scene = new SocketScene();
        using var client = new OperatorClient((await scene.ListenAsync()).Path!);

        var list = await client.ListAsync(Cancellation);

        Assert.Equal(Environment.ProcessId, list.Agent.Pid);
        Assert.Equal(
            ["known web:3 RUNNING runs since 00:00:00 UTC (5 s)", "other web:3 RUNNING runs since 00:00:00 UTC (5 s)"],
            list.Tasks.Select(t => $"{t.TaskArn.Split('/')[^1]} {t.Family}:{t.Revision} {t.KnownStatus} {t.Why}"));
    }

    [Fact]
    public async Task Ask_TaskThatIsNotKnown_IsRefusedAsSuch()
    {
        await using var scene = new SocketScene();
        using var client = new OperatorClient((await scene.ListenAsync()).Path!);

        var (task, refusal) = await client.ExplainAsync("nobody", 0, Cancellation);

        Assert.Null(task);
        Assert.Equal("notFound", refusal!.Error);
    }

    [Fact]
    public async Task Ask_NameOfSeveralTasks_ListsThem()
    {
        await using var scene = new SocketScene { Answer = _ => new ExplainTaskResult.Ambiguous(["arn/a", "arn/b"]) };
        using var client = new OperatorClient((await scene.ListenAsync()).Path!);

        var (_, refusal) = await client.ExplainAsync("a", 0, Cancellation);

        Assert.Equal(("ambiguous", "arn/a arn/b"), (refusal!.Error, string.Join(' ', refusal.TaskArns)));
    }

    [Fact]
    public async Task Ask_NameWithAnyCharacters_ArrivesAsItIs()
    {
        ExplainTaskQuery? asked = null;
        await using var scene = new SocketScene
        {
            Answer = query =>
            {
                asked = query;
                return new ExplainTaskResult.NotFound();
            },
        };
        using var client = new OperatorClient((await scene.ListenAsync()).Path!);

        await client.ExplainAsync("arn:aws/x &y=%z+\u20ac", 12, Cancellation);

        Assert.Equal(new ExplainTaskQuery("arn:aws/x &y=%z+\u20ac", 12), asked);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task Ask_NumberOfLinesOutsideItsRange_IsRefused(int lines)
    {
        await using var scene = new SocketScene();
        using var client = new OperatorClient((await scene.ListenAsync()).Path!);

        Assert.Equal("badRequest", (await client.ExplainAsync("known", lines, Cancellation)).Refusal!.Error);
    }

    [Fact]
    public async Task Ask_QuestionThatBreaksTheAgent_IsAnsweredAndTheNextOneToo()
    {
        await using var scene = new SocketScene { Answer = _ => throw new InvalidOperationException("secret detail") };
        using var client = new OperatorClient((await scene.ListenAsync()).Path!);

        var (_, refusal) = await client.ExplainAsync("known", 0, Cancellation);

        Assert.Equal(("failed", "The agent failed; its log has the details."), (refusal!.Error, refusal.Text));
        Assert.Equal(2, (await client.ListAsync(Cancellation)).Tasks.Length);
    }

    [Theory]
    [InlineData("POST", "/v1/tasks")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/v1/explain?task=known")]
    public async Task Ask_AnythingElse_IsNotFound(string method, string path)
    {
        await using var scene = new SocketScene();
        var socket = (await scene.ListenAsync()).Path!;
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), token);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://agent" + path));
        using var response = await http.SendAsync(request, Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Ask_ManyAtOnceOfTwoAgents_AreAllAnswered()
    {
        await using var scene = new SocketScene();
        string[] sockets = [(await scene.ListenAsync()).Path!, (await scene.ListenAsync()).Path!];
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            using var client = new OperatorClient(sockets[i % 2]);
            return await client.ExplainAsync("known", 0, Cancellation);
        }));

        Assert.NotEqual(sockets[0], sockets[1]);
        Assert.All(answers, answer => Assert.EndsWith("/known", answer.Task!.TaskArn, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ask_NobodyListens_Fails()
    {
        await using var scene = new SocketScene();
        Directory.CreateDirectory(scene.Sockets);
        using var client = new OperatorClient(Dead(scene, "agent-1-a.sock"));

        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => client.ListAsync(Cancellation));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(failed.InnerException).SocketErrorCode);
    }

    /// <summary>A socket as a killed process leaves it.</summary>
    private static string Dead(SocketScene scene, string name)
    {
        var bound = Path.Combine(scene.Sockets, "x" + name);
        var dead = Path.Combine(scene.Sockets, name);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(bound));

        // Under another name, so that nobody tidies it up.
        File.Move(bound, dead);
        return dead;
    }
}
