using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Networking;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class DockerFaultTests
{
    private const string Digest = "sha256:be4b3bfff4207f8538451760dcdee41e9af123a801787295413938627e2b9a0a";

    private static readonly string Busy = ScriptedDaemon.Json(500, """{"message":"busy"}""");
    private static readonly string Created = ScriptedDaemon.Json(201, """{"Id":"abc"}""");
    private static readonly string Done = "HTTP/1.1 204 X\r\n\r\n";
    private static readonly string Running = ScriptedDaemon.Json(200, """{"Id":"abc","State":{"Running":true}}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ContainerHandle Container => new("abc", Sample.Container);

    [Fact]
    public async Task CreateAndStart_EachTakeNoNeedlessCall()
    {
        await using var daemon = new ScriptedDaemon(request =>
            request.EndsWith("/json", StringComparison.Ordinal) ? Running : request.Contains("create", StringComparison.Ordinal) ? Created : Done);
        var runtime = daemon.Runtime;
        await runtime.CreateAsync(Sample.Creation(Sample.Container), Cancellation);
        await runtime.StartAsync(Container, Cancellation);

        Assert.Equal(
            ["POST /containers/create?name=ecs-fam-7-app-0123456789abcdef0123", "POST /containers/abc/start", "GET /containers/abc/json"],
            daemon.Requests);
    }

    [Theory]
    [InlineData(400, RuntimeFailureKind.Permanent)]
    [InlineData(403, RuntimeFailureKind.Permanent)]
    [InlineData(404, RuntimeFailureKind.NotFound)]
    [InlineData(429, RuntimeFailureKind.Temporary)]
    [InlineData(500, RuntimeFailureKind.Temporary)]
    [InlineData(503, RuntimeFailureKind.Temporary)]
    public async Task Create_Refused_IsClassedByStatusAndNotRepeated(int status, RuntimeFailureKind kind)
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(status, """{"message":"no"}"""));

        var failed = await Assert.ThrowsAsync<RuntimeException>(
            () => daemon.Runtime.CreateAsync(Sample.Creation(Sample.Container), Cancellation));
        Assert.Equal(("CannotCreateContainerError: Error response from daemon: no", kind), (failed.Error.Reason, failed.Kind));
        Assert.Single(daemon.Requests);
    }

    [Fact]
    public async Task Start_ConnectionEnds_EndsWithEof()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Reset);

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => daemon.Runtime.StartAsync(Container, Cancellation));
        Assert.Equal(("CannotStartContainerError: error during connect: EOF", RuntimeFailureKind.Temporary), (failed.Error.Reason, failed.Kind));
    }

    [Fact]
    public async Task Inspect_AnswerThatIsNotJson_IsTemporary()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(200, "<html>"));

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => daemon.Runtime.InspectAsync(Container, Cancellation));
        Assert.Equal((ContainerErrorNames.CannotInspectContainer, RuntimeFailureKind.Temporary), (failed.Error.Name, failed.Kind));
    }

    [Fact]
    public async Task AnyOperation_NobodyListens_IsUnreachable()
    {
        var options = new Application.Configuration.AgentOptions { Region = "r", DockerHost = new Uri("unix:///nowhere/docker.sock") };
        using var http = new DockerHttp(DockerEndpoint.From(options));
        var runtime = new DockerContainerRuntime(
            http,
            new DockerApi(http),
            new DockerRetries(TimeProvider.System, () => 0),
            new HostPortAllocator(HostPortRange.Fallback, new SocketPortProbe()),
            options,
            TimeProvider.System);

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => runtime.GetInfoAsync(Cancellation));
        Assert.Equal(RuntimeFailureKind.Unreachable, failed.Kind);
        Assert.Equal("Cannot connect to the Docker daemon at unix:///nowhere/docker.sock. Is the docker daemon running?", failed.Error.Message);
    }

    public static TheoryData<string, string> Limits => new()
    {
        { "create", "Could not transition to created; timed out after waiting 4m0s" },
        { "start", "Could not transition to started; timed out after waiting 3m0s" },
        { "inspect", "Could not transition to inspecting; timed out after waiting 30s" },
        { "stop", "Could not transition to stopped; timed out after waiting 2m30s" },
        { "remove", "Could not transition to removing; timed out after waiting 5m0s" },
        { "resolve", "Could not transition to MANIFEST_PULLED; timed out after waiting 1m0s" },
        { "pull", "Could not transition to pullBegin; timed out after waiting 5m0s" },
        { "version", "Could not transition to version; timed out after waiting 10s" },
        { "list", "Could not transition to listing; timed out after waiting 10m0s" },
        { "list images", "Could not transition to listing; timed out after waiting 10m0s" },
        { "delete image", "Could not transition to removing image; timed out after waiting 3m0s" },
        { "tag", "Could not transition to pulled; timed out after waiting 30s" },
        { "create volume", "Could not transition to creating volume; timed out after waiting 5m0s" },
        { "inspect volume", "Could not transition to inspecting volume; timed out after waiting 5m0s" },
        { "remove volume", "Could not transition to removing volume; timed out after waiting 5m0s" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task EveryOperation_Silence_EndsWithItsOwnLimit(string operation, string text)
    {
        await using var daemon = new ScriptedDaemon(SilenceBut) { VersionIsScripted = operation == "version" };

        var running = RunAsync(daemon, operation, Cancellation);
        await daemon.UntilAskedAsync(requests: operation == "tag" ? 2 : 1);

        var failed = await Assert.ThrowsAsync<RuntimeException>(
            () => ScriptedDaemon.PassTimeAsync(daemon.Time, TimeSpan.FromSeconds(10), running));
        Assert.Equal(("DockerTimeoutError: " + text, RuntimeFailureKind.TimedOut), (failed.Error.Reason, failed.Kind));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task EveryOperation_Cancelled_IsACancellation(string operation, string text)
    {
        Assert.NotEmpty(text);
        using var cancelling = new CancellationTokenSource();
        await using var daemon = new ScriptedDaemon(request =>
        {
            var answer = SilenceBut(request);
            if (answer == ScriptedDaemon.Silence)
            {
                cancelling.Cancel();
            }

            return answer;
        })
        {
            VersionIsScripted = operation == "version",
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(daemon, operation, cancelling.Token));
    }

    [Fact]
    public async Task Daemon_ThatNeverAnswersOneCall_AnswersTheOthersMeanwhile()
    {
        await using var daemon = new ScriptedDaemon(request => request switch
        {
            "POST /containers/stuck/start" or "GET /containers/stuck/json" => ScriptedDaemon.Silence,
            _ when request.EndsWith("/json", StringComparison.Ordinal) => Running,
            _ when request.Contains("/create", StringComparison.Ordinal) => Created,
            _ => Done,
        });
        var runtime = daemon.Runtime;
        var stuck = new ContainerHandle("stuck", Sample.Container);
        Task<ContainerObservation>[] waiting =
        [
            runtime.StartAsync(stuck, Cancellation), .. Enumerable.Range(0, 40).Select(_ => runtime.InspectAsync(stuck, Cancellation)),
        ];
        await daemon.UntilAskedAsync(requests: waiting.Length);

        foreach (var operation in new[] { "create", "start", "inspect", "stop", "remove" })
        {
            await RunAsync(daemon, operation, Cancellation);
        }

        Assert.DoesNotContain(waiting, call => call.IsCompleted);
        daemon.Time.Advance(TimeSpan.FromMinutes(3));
        foreach (var call in waiting)
        {
            Assert.Equal(RuntimeFailureKind.TimedOut, (await Assert.ThrowsAsync<RuntimeException>(() => call)).Kind);
        }
    }

    [Theory]
    [InlineData("stop", 5, "CannotStopContainerError: Error response from daemon: busy")]
    [InlineData("resolve", 9, "CannotPullImageManifestError: Error response from daemon: busy")]
    [InlineData("pull", 5, "CannotPullContainerError: Error response from daemon: busy")]
    public async Task RetriedOperation_Busy_IsTriedAsOftenAsEcsDoes(string operation, int attempts, string reason)
    {
        await using var daemon = new ScriptedDaemon(_ => Busy);

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => daemon.PassRetriesAsync(RunAsync(daemon, operation, Cancellation)));
        Assert.Equal((reason, attempts), (failed.Error.Reason, daemon.Requests.Count));
    }

    [Theory]
    [InlineData("resolve", 404, "manifest unknown", RuntimeFailureKind.NotFound)]
    [InlineData("resolve", 403, "denied: denied", RuntimeFailureKind.Permanent)]
    [InlineData("pull", 500, "unauthorized: unauthorized", RuntimeFailureKind.Permanent)]
    [InlineData("pull", 500, "manifest for a:b not found: manifest unknown", RuntimeFailureKind.NotFound)]
    public async Task RetriedOperation_ThatCannotImprove_IsNotRepeated(
        string operation, int status, string message, RuntimeFailureKind kind)
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(status, "{\"message\":\"" + message + "\"}"));

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => RunAsync(daemon, operation, Cancellation));
        Assert.Equal((kind, 1), (failed.Kind, daemon.Requests.Count));
    }

    [Fact]
    public async Task Stop_BusyOnce_SucceedsAtTheSecondAttempt()
    {
        var answers = new Queue<string>([Busy, Done, Running]);
        await using var daemon = new ScriptedDaemon(_ => answers.Dequeue());

        Assert.Equal("Running", await daemon.PassRetriesAsync(RunAsync(daemon, "stop", Cancellation)));
        Assert.Equal(["POST /containers/abc/stop?t=30", "POST /containers/abc/stop?t=30", "GET /containers/abc/json"], daemon.Requests);
    }

    [Theory]
    [InlineData(304, "Running")]
    [InlineData(404, "Missing")]
    public async Task Stop_StoppedOrGoneAlready_IsSuccess(int status, string state)
    {
        await using var daemon = new ScriptedDaemon(request => request.StartsWith("POST", StringComparison.Ordinal)
            ? status == 304 ? "HTTP/1.1 304 X\r\n\r\n" : ScriptedDaemon.Json(status, """{"message":"No such container"}""")
            : Running);

        Assert.Equal(state, await RunAsync(daemon, "stop", Cancellation));
    }

    [Fact]
    public async Task Remove_AlreadyInProgress_IsSuccess()
    {
        await using var daemon = new ScriptedDaemon(_ =>
            ScriptedDaemon.Json(409, """{"message":"removal of container abc is already in progress"}"""));

        await RunAsync(daemon, "remove", Cancellation);
        Assert.Equal(["DELETE /containers/abc?v=1"], daemon.Requests);
    }

    [Fact]
    public async Task Pull_StreamFallsSilent_IsInactivityAndTriedAgain()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Stalled("""{"status":"Pulling fs layer","id":"a"}"""));

        var images = new DockerImageStore(
            daemon.Http, daemon.Api, daemon.Retries, daemon.Options with { ImagePullInactivityTimeout = TimeSpan.FromSeconds(1) }, daemon.Time);
        var pull = daemon.PassRetriesAsync(PullAsync(images));

        var failed = await Assert.ThrowsAsync<RuntimeException>(
            () => ScriptedDaemon.PassTimeAsync(daemon.Time, TimeSpan.FromMilliseconds(50), pull));
        Assert.Equal("CannotPullContainerError: inactivity time exceeded timeout while pulling image", failed.Error.Reason);
        Assert.Equal(5, daemon.Requests.Count);
    }

    [Fact]
    public async Task Pull_ErrorInTheStream_FailsThePull()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(
            200,
            """
            {"status":"Downloading","id":"a","progressDetail":{"current":1,"total":2}}
            {"errorDetail":{"message":"denied: requested access to the resource is denied"},"error":"denied: requested access to the resource is denied"}
            """));

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => RunAsync(daemon, "pull", Cancellation));
        Assert.Equal(
            "CannotPullContainerError: The task can\u2019t pull the image. Check whether the image exists. "
            + "denied: requested access to the resource is denied",
            failed.Error.Reason);
    }

    [Theory]
    [InlineData("host:5000/team/app:v1", Digest, "POST /images/create?fromImage=host%3A5000%2Fteam%2Fapp&tag=" + "sha256%3A", true)]
    [InlineData("host:5000/team/app:v1", null, "POST /images/create?fromImage=host%3A5000%2Fteam%2Fapp&tag=v1", false)]
    [InlineData("app", null, "POST /images/create?fromImage=app&tag=latest", false)]
    [InlineData("app:v1@" + Digest, Digest, "POST /images/create?fromImage=app&tag=sha256%3A", false)]
    public async Task Pull_Reference_IsAskedForByDigestAndTaggedBack(string image, string? digest, string request, bool tagged)
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(200, """{"status":"done"}"""));
        await daemon.Images.PullAsync(image, digest, login: null, progress: null, Cancellation);

        Assert.StartsWith(request, daemon.Requests.First(), StringComparison.Ordinal);
        Assert.Equal(
            tagged ? [$"POST /images/host:5000/team/app@{Digest}/tag?repo=host%3A5000%2Fteam%2Fapp&tag=v1"] : [],
            daemon.Requests.Skip(1));
    }

    [Theory]
    [InlineData("application/vnd.docker.distribution.manifest.v2+json", Digest)]
    [InlineData("application/vnd.oci.image.index.v1+json", Digest)]
    [InlineData("application/vnd.docker.distribution.manifest.v1+json", null)]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws", null)]
    public async Task Resolve_Manifest_GivesTheDigestUnlessItIsSchema1(string mediaType, string? expected)
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(
            200, "{\"Descriptor\":{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digest + "\",\"size\":1},\"Platforms\":[]}"));

        Assert.Equal(expected, await daemon.Images.ResolveDigestAsync("app:v1", login: null, Cancellation));
        Assert.Equal(["GET /distribution/app:v1/json"], daemon.Requests);
    }

    [Fact]
    public async Task Resolve_MalformedReference_IsRefusedInDockersWordsWithoutAsking()
    {
        await using var daemon = new ScriptedDaemon(_ => Busy);

        var failed = await Assert.ThrowsAsync<RuntimeException>(
            () => daemon.Images.ResolveDigestAsync("App/../x", login: null, Cancellation));
        Assert.Equal(
            ("CannotPullImageManifestError: Error response from daemon: invalid reference format", RuntimeFailureKind.Permanent),
            (failed.Error.Reason, failed.Kind));
        Assert.Empty(daemon.Requests);
    }

    [Fact]
    public async Task Daemon_ReplacedByOneOfAnotherVersion_IsNegotiatedWithAnew()
    {
        var answers = new Queue<string>(
        [
            ScriptedDaemon.Json(400, """{"message":"client version 1.41 is too old. Minimum supported API version is 1.44"}"""), Running,
        ]);
        await using var daemon = new ScriptedDaemon(_ => answers.Dequeue());
        var runtime = daemon.Runtime;

        await Assert.ThrowsAsync<RuntimeException>(() => runtime.InspectAsync(Container, Cancellation));
        Assert.Equal(ObservedState.Running, (await runtime.InspectAsync(Container, Cancellation)).State);
    }

    [Fact]
    public async Task Events_StreamEndsAndDaemonIsBusy_ReopensAndResyncs()
    {
        var streams = new Queue<string>(
        [
            ScriptedDaemon.Json(200, """{"Type":"container","Action":"die","Actor":{"ID":"a"}}"""), Busy,
            ScriptedDaemon.Stalled("""{"Type":"container","Action":"start","Actor":{"ID":"b","Attributes":{"x":"y"}}}"""),
        ]);
        await using var daemon = new ScriptedDaemon(
            request => request.Contains("/events", StringComparison.Ordinal) ? streams.Dequeue() : ScriptedDaemon.Json(200, "\"OK\""));
        var events = daemon.Events.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        await using (events)
        {
            var seen = new List<string>();
            while (seen.Count < 4 && await ScriptedDaemon.PassTimeAsync(daemon.Time, TimeSpan.FromMilliseconds(1), events.MoveNextAsync().AsTask()))
            {
                seen.Add(events.Current.ToString());
            }

            Assert.Equal(["Resync { }", "Ended { RuntimeId = a }", "Resync { }", "Started { RuntimeId = b, At =  }"], seen);
        }
    }

    [Fact]
    public async Task Ports_ContainerNeverStarted_StayReservedUntilItIsRemoved()
    {
        await using var daemon = new ScriptedDaemon(request => request.StartsWith("POST", StringComparison.Ordinal) ? Created : Done);
        var runtime = new DockerContainerRuntime(
            daemon.Http, daemon.Api, daemon.Retries, new HostPortAllocator(new HostPortRange(50000, 50000), new EveryPort()), daemon.Options, daemon.Time);
        var creation = Sample.Creation(Sample.Container with { PortMappings = [new PortMapping { ContainerPort = 80 }] });
        await runtime.CreateAsync(creation, Cancellation);

        var refused = await Assert.ThrowsAsync<RuntimeException>(() => runtime.CreateAsync(creation, Cancellation));
        Assert.Equal("HostConfigError: error retrieving docker port map: a host port is unavailable", refused.Error.Reason);
        await runtime.RemoveAsync(Container, Cancellation);
        await runtime.CreateAsync(creation, Cancellation);
    }

    [Fact]
    public async Task Ports_CreationFails_AreGivenBack()
    {
        var answers = new Queue<string>([Busy, Created]);
        await using var daemon = new ScriptedDaemon(_ => answers.Dequeue());
        var runtime = new DockerContainerRuntime(
            daemon.Http, daemon.Api, daemon.Retries, new HostPortAllocator(new HostPortRange(50000, 50000), new EveryPort()), daemon.Options, daemon.Time);
        var creation = Sample.Creation(Sample.Container with { PortMappings = [new PortMapping { ContainerPort = 80 }] });

        await Assert.ThrowsAsync<RuntimeException>(() => runtime.CreateAsync(creation, Cancellation));
        Assert.Equal("abc", await runtime.CreateAsync(creation, Cancellation));
    }

    /// <summary>The pull before the tag is answered; nothing else is.</summary>
    private static string SilenceBut(string request) => request.Contains("fromImage=tagged", StringComparison.Ordinal)
        ? ScriptedDaemon.Json(200, "{}")
        : ScriptedDaemon.Silence;

    private static async Task<string> RunAsync(ScriptedDaemon daemon, string operation, CancellationToken cancellationToken)
    {
        var runtime = daemon.Runtime;
        switch (operation)
        {
            case "create":
                return await runtime.CreateAsync(Sample.Creation(Sample.Container), cancellationToken);
            case "start":
                return (await runtime.StartAsync(Container, cancellationToken)).State.ToString();
            case "inspect":
                return (await runtime.InspectAsync(Container, cancellationToken)).State.ToString();
            case "stop":
                return (await runtime.StopAsync(Container, TimeSpan.FromSeconds(30), cancellationToken)).State.ToString();
            case "resolve":
                return await daemon.Images.ResolveDigestAsync("app:v1", login: null, cancellationToken) ?? "";
            case "pull":
                return await PullAsync(daemon.Images, cancellationToken);
            case "version":
                return (await runtime.GetInfoAsync(cancellationToken)).ApiVersion;
            case "list":
                return (await new DockerHostContainers(daemon.Http, daemon.Api, daemon.Time).ListAllAsync(cancellationToken)).ToString()!;
            case "list images":
                return (await daemon.Images.ListAsync(cancellationToken)).ToString()!;
            case "delete image":
                await daemon.Images.DeleteAsync("app:v1", cancellationToken);
                return "";
            case "tag":
                await daemon.Images.PullAsync("tagged:v1", Digest, login: null, progress: null, cancellationToken);
                return "";
            case "create volume":
                await daemon.Volumes.CreateAsync(new TaskVolume.TaskScoped { Name = "v", DockerName = "v" }, cancellationToken);
                return "";
            case "inspect volume":
                await daemon.Volumes.EnsureSharedAsync(new TaskVolume.Shared { Name = "v" }, cancellationToken);
                return "";
            case "remove volume":
                await daemon.Volumes.RemoveAsync("v", cancellationToken);
                return "";
            default:
                await runtime.RemoveAsync(Container, cancellationToken);
                return "";
        }
    }

    private static async Task<string> PullAsync(DockerImageStore images, CancellationToken cancellationToken = default)
    {
        await images.PullAsync("app:v1", digest: null, login: null, progress: null, cancellationToken);
        return "";
    }

    private sealed class EveryPort : IPortProbe
    {
        public bool IsFree(int port, TransportProtocol protocol) => true;
    }
}
