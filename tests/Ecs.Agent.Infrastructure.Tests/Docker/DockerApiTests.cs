using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Docker.DotNet;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Docker;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

/// <summary>The seam between the two clients: one endpoint, one version, one translation; the second client only when it is needed.</summary>
public sealed class DockerApiTests
{
    private const string Digest = "sha256:be4b3bfff4207f8538451760dcdee41e9af123a801787295413938627e2b9a0a";

    private static readonly DockerEndpoint Endpoint =
        DockerEndpoint.From(new AgentOptions { Region = "r", DockerHost = new Uri("unix:///run/d.sock") });

    private static readonly string Inspected = ScriptedDaemon.Json(200, """{"Id":"abc","Config":{"Tty":false}}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Exception, RuntimeFailureKind, string> Failures => new()
    {
        { Refusal(400, """{"message":"bad"}"""), RuntimeFailureKind.Permanent, "Error response from daemon: bad" },
        { Refusal(403, """{"message":"forbidden"}"""), RuntimeFailureKind.Permanent, "Error response from daemon: forbidden" },
        { Refusal(409, """{"message":"in use"}"""), RuntimeFailureKind.Permanent, "Error response from daemon: in use" },
        { Refusal(408, """{"message":"slow"}"""), RuntimeFailureKind.Temporary, "Error response from daemon: slow" },
        { Refusal(429, """{"message":"toomanyrequests"}"""), RuntimeFailureKind.Temporary, "Error response from daemon: toomanyrequests" },
        { Refusal(500, """{"message":"busy"}"""), RuntimeFailureKind.Temporary, "Error response from daemon: busy" },
        { Refusal(501, """{"message":"never"}"""), RuntimeFailureKind.Permanent, "Error response from daemon: never" },
        { Refusal(502, "<html>proxy</html>"), RuntimeFailureKind.Temporary, "Error response from daemon: Bad Gateway" },
        { Refusal(404, ""), RuntimeFailureKind.NotFound, "Error response from daemon: Not Found" },
        { Refusal(404, "null"), RuntimeFailureKind.NotFound, "Error response from daemon: Not Found" },
        {
            new DockerContainerNotFoundException(HttpStatusCode.NotFound, """{"message":"No such container: x"}"""),
            RuntimeFailureKind.NotFound, "Error response from daemon: No such container: x"
        },
        {
            new DockerImageNotFoundException(HttpStatusCode.NotFound, """{"message":"No such image: x"}"""),
            RuntimeFailureKind.NotFound, "Error response from daemon: No such image: x"
        },
        {
            new HttpRequestException(HttpRequestError.ConnectionError), RuntimeFailureKind.Unreachable,
            "Cannot connect to the Docker daemon at unix:///run/d.sock. Is the docker daemon running?"
        },
        {
            new HttpRequestException(HttpRequestError.ConnectionError, "m", new SocketException((int)SocketError.AccessDenied)),
            RuntimeFailureKind.Unreachable,
            "permission denied while trying to connect to the Docker daemon socket at unix:///run/d.sock"
        },
        { new HttpRequestException(HttpRequestError.ResponseEnded), RuntimeFailureKind.Temporary, "error during connect: EOF" },
        { new EndOfStreamException(), RuntimeFailureKind.Temporary, "error during connect: EOF" },
        { new IOException("reset"), RuntimeFailureKind.Temporary, "error during connect: EOF" },
        {
            new JsonException("bad"), RuntimeFailureKind.Temporary,
            "error during connect: the answer of the Docker daemon is not readable"
        },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Translate_Failure_HasDockersWordsAndWhatMayBeDone(Exception failure, RuntimeFailureKind kind, string message)
    {
        Assert.True(DockerFailures.Covers(failure));

        var translated = Assert.IsType<DockerException>(DockerFailures.Translate(failure, Endpoint, CancellationToken.None));
        Assert.Equal((kind, message), (translated.Kind, translated.Message));
        Assert.IsAssignableFrom<OperationCanceledException>(
            DockerFailures.Translate(failure, Endpoint, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Covers_FaultOfOurOwn_IsNotDockers()
    {
        Assert.False(DockerFailures.Covers(new ArgumentNullException("x")));
        Assert.False(DockerFailures.Covers(new OperationCanceledException()));
    }

    [Fact]
    public async Task Client_CachedImageAndNoVolumes_IsNeverMade()
    {
        await using var daemon = new ScriptedDaemon(request => request switch
        {
            _ when request.Contains("/create", StringComparison.Ordinal) => ScriptedDaemon.Json(201, """{"Id":"abc"}"""),
            _ when request.StartsWith("GET", StringComparison.Ordinal) =>
                ScriptedDaemon.Json(200, """{"Id":"abc","State":{"Running":true}}"""),
            _ => "HTTP/1.1 204 X\r\n\r\n",
        });
        var container = new ContainerHandle("abc", Sample.Container);
        await daemon.Runtime.GetInfoAsync(Cancellation);
        await daemon.Images.FindAsync("app:v1", Cancellation);
        await daemon.Images.ResolveDigestAsync("app:v1", login: null, Cancellation);
        await daemon.Runtime.CreateAsync(Sample.Creation(Sample.Container), Cancellation);
        await daemon.Runtime.StartAsync(container, Cancellation);
        await daemon.Runtime.StopAsync(container, TimeSpan.FromSeconds(1), Cancellation);
        Assert.False(daemon.Api.IsInUse);

        await daemon.Runtime.RemoveAsync(container, Cancellation);
        Assert.True(daemon.Api.IsInUse);
    }

    [Fact]
    public async Task Call_Repeated_UsesOneClientUntilTheDaemonSpeaksAnotherVersion()
    {
        var versions = new Queue<string>(["1.41", "1.30"]);
        await using var daemon = new ScriptedDaemon(
            _ => ScriptedDaemon.Json(400, """{"message":"client version 1.41 is too new. Maximum supported API version is 1.30"}"""),
            () => versions.Dequeue());
        var clients = new List<IDockerClient>();
        await daemon.Api.CallAsync(Seen, Cancellation);
        await daemon.Api.CallAsync(Seen, Cancellation);
        await Assert.ThrowsAsync<DockerException>(
            () => daemon.Api.CallAsync(client => client.Volumes.InspectAsync("v", Cancellation), Cancellation));
        await daemon.Api.CallAsync(Seen, Cancellation);

        Assert.Same(clients[0], clients[1]);
        Assert.Equal(["1.41", "1.30"], clients.Distinct().Select(client => client.Options.ApiVersion!.ToString()));

        Task Seen(IDockerClient client)
        {
            clients.Add(client);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Names_WithCharactersOfAPath_StayOneSegment()
    {
        await using var daemon = new ScriptedDaemon(_ => "HTTP/1.1 204 X\r\n\r\n");
        await daemon.Volumes.RemoveAsync("a/../b?force=1#c %", Cancellation);

        Assert.Equal(["DELETE /volumes/a%2F..%2Fb%3Fforce%3D1%23c%20%25"], daemon.Requests);
    }

    [Fact]
    public async Task CreateVolume_Refused_CarriesDockersWordsAndIsNotRepeated()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(500, """{"message":"no space"}"""));
        var failed = await Assert.ThrowsAsync<RuntimeException>(() => daemon.Volumes.CreateAsync(
            new TaskVolume.TaskScoped { Name = "v", DockerName = "ecs-v" }, Cancellation));

        Assert.Equal("CannotCreateVolumeError: Error response from daemon: no space", failed.Error.Reason);
        Assert.Equal(["POST /volumes/create"], daemon.Requests);
    }

    [Fact]
    public async Task Pull_NotADaemonsStream_IsTemporary()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(200, "<html>"));

        var failed = await Assert.ThrowsAsync<RuntimeException>(
            () => daemon.PassRetriesAsync(PullAsync(daemon)));
        Assert.Equal(
            ("CannotPullContainerError: error during connect: the answer of the Docker daemon is not readable", 5),
            (failed.Error.Reason, daemon.Requests.Count));
    }

    [Fact]
    public async Task Pull_Progress_IsReportedInOrder()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(
            200,
            """
            {"status":"Pulling from app","id":"v1"}
            {"status":"Downloading","id":"a","progressDetail":{"current":1,"total":4}}
            {"status":"Downloading","id":"a","progressDetail":{"current":3,"total":4}}
            {"status":"Pull complete","id":"a","progressDetail":{}}
            """));
        var seen = new Recorder();
        await daemon.Images.PullAsync("app:v1", Digest, login: null, seen, Cancellation);

        Assert.Equal([new PullProgress(1, 4), new PullProgress(3, 4), new PullProgress(4, 4)], seen.Reports);
    }

    [Fact]
    public async Task Logs_FramesOfBothStreams_GiveLinesInOrder()
    {
        await using var daemon = new ScriptedDaemon(request => request.EndsWith("/json", StringComparison.Ordinal)
            ? Inspected
            : ScriptedDaemon.Json(
                200,
                Frame(1, "one\ntw") + Frame(2, "err\u20ac\r\n") + Frame(1, "o \U0001F433\n\n") + Frame(1, "") + Frame(2, "rest")));

        Assert.Equal(["one", "!err\u20ac", "two \U0001F433", "", "!rest"], await FollowAsync(daemon));
    }

    [Fact]
    public async Task Logs_StreamEndsInsideAFrame_IsTemporary()
    {
        await using var daemon = new ScriptedDaemon(request => request.EndsWith("/json", StringComparison.Ordinal)
            ? Inspected
            : ScriptedDaemon.Json(200, Frame(1, "one\n") + Frame(1, "two\n")[..10]));

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => FollowAsync(daemon));
        Assert.Equal(
            (ContainerErrorNames.CannotDescribeContainer, "error during connect: EOF", RuntimeFailureKind.Temporary),
            (failed.Error.Name, failed.Error.Message, failed.Kind));
    }

    private static DockerApiException Refusal(int status, string body) => new((HttpStatusCode)status, body);

    // Lengths below 128 only: each is then one byte as text, too.
    private static string Frame(int stream, string text) =>
        $"{(char)stream}\0\0\0\0\0\0{(char)Encoding.UTF8.GetByteCount(text)}{text}";

    private static async Task<string[]> FollowAsync(ScriptedDaemon daemon)
    {
        var lines = new List<string>();
        await foreach (var line in daemon.Logs.FollowAsync("abc", Cancellation))
        {
            lines.Add((line.IsError ? "!" : "") + line.Text);
        }

        return [.. lines];
    }

    private static async Task<bool> PullAsync(ScriptedDaemon daemon)
    {
        await daemon.Images.PullAsync("app:v1", digest: null, login: null, progress: null, Cancellation);
        return true;
    }

    private sealed class Recorder : IProgress<PullProgress>
    {
        public List<PullProgress> Reports { get; } = [];

        public void Report(PullProgress value) => Reports.Add(value);
    }
}
