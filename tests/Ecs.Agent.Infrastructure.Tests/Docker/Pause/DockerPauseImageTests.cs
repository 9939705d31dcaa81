using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Docker.Pause;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Docker.Pause;

public sealed class DockerPauseImageTests(DockerEngine engine)
{
    private static readonly string Loaded = ScriptedDaemon.Json(200, """{"stream":"Loaded image: ecs-agent/pause:1\n"}""");
    private static readonly string Missing = ScriptedDaemon.Json(404, """{"message":"No such image"}""");
    private static readonly string There = ScriptedDaemon.Json(200, """{"Id":"sha256:1"}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ensure_ImageThatIsNotThere_IsLoadedAndNamed()
    {
        var name = engine.Unique("ecs-agent-test/pause") + ":1";
        using var images = new DockerPauseImage(
            engine.Service<DockerHttp>(), engine.Service<DockerApi>(), TimeProvider.System, NullLogger<DockerPauseImage>.Instance, name);
        try
        {
            Assert.Null(await engine.Images.FindAsync(name, Cancellation));
            await images.EnsureAsync(Cancellation);
            await images.EnsureAsync(Cancellation);
            Assert.NotNull(await engine.Images.FindAsync(name, Cancellation));
        }
        finally
        {
            await engine.Images.DeleteAsync(name, CancellationToken.None);
        }
    }

    [Fact]
    public async Task PauseContainer_Stop_EndsAtOnceByItself()
    {
        var pause = await StartAsync("""{"NetworkMode":"none"}""");

        var ended = await engine.Runtime.StopAsync(pause, TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal((ObservedState.Stopped, 0), (ended.State, ended.ExitCode));
        Assert.InRange(ended.FinishedAt!.Value - ended.StartedAt!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task PauseContainer_OrphansOfASharedNamespace_AreEnded()
    {
        var pause = await StartAsync("""{"NetworkMode":"none"}""");
        var other = await engine.CreateAsync(Sample.Container with
        {
            Command = ["sh", "-c", "(sleep 0.1 &); (sleep 0.2 &); sleep 1; cat /proc/[0-9]*/stat"],
            DockerConfig = new DockerConfig { HostConfig = $$"""{"NetworkMode":"none","PidMode":"container:{{pause.RuntimeId}}"}""" },
        });
        await engine.Runtime.StartAsync(other, Cancellation);
        var processes = new List<string>();
        await foreach (var line in engine.Logs.FollowAsync(other.RuntimeId, Cancellation))
        {
            processes.Add(line.Text);
        }

        Assert.Contains(processes, process => process.StartsWith("1 (pause) S ", StringComparison.Ordinal));
        Assert.DoesNotContain(processes, process => process.Contains(") Z ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ensure_ManyAtOnce_LoadOnce()
    {
        var loaded = 0;
        await using var daemon = new ScriptedDaemon(request =>
        {
            if (request.StartsWith("POST", StringComparison.Ordinal))
            {
                loaded++;
                return Loaded;
            }

            return loaded == 0 ? Missing : There;
        });
        using var images = Images(daemon);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => images.EnsureAsync(Cancellation)));

        Assert.Equal(1, loaded);
    }

    [Fact]
    public async Task Ensure_ImageThere_TakesOneLook()
    {
        await using var daemon = new ScriptedDaemon(_ => There);
        using var images = Images(daemon);

        await images.EnsureAsync(Cancellation);

        Assert.Equal([$"GET /images/{PauseImage.Name}/json"], daemon.Requests);
    }

    [Fact]
    public async Task Ensure_FailureInTheAnswer_IsAFailure()
    {
        await using var daemon = new ScriptedDaemon(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? Missing
            : ScriptedDaemon.Json(200, """{"errorDetail":{"message":"no space left on device"},"error":"no space left on device"}"""));
        using var images = Images(daemon);

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => images.EnsureAsync(Cancellation));
        Assert.Equal("CannotCreateContainerError: Error response from daemon: no space left on device", failed.Error.Reason);
    }

    [Fact]
    public async Task Ensure_DaemonThatStalls_EndsAfterTwoMinutes()
    {
        await using var daemon = new ScriptedDaemon(
            request => request.StartsWith("GET", StringComparison.Ordinal) ? Missing : ScriptedDaemon.Silence);
        using var images = Images(daemon);

        var loading = images.EnsureAsync(Cancellation);
        await daemon.UntilAskedAsync(requests: 2);
        daemon.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(
            "DockerTimeoutError: Could not transition to loading image; timed out after waiting 2m0s",
            (await Assert.ThrowsAsync<RuntimeException>(() => loading)).Error.Reason);
    }

    [Fact]
    public async Task Ensure_ArchitectureWithoutProgram_IsNamed()
    {
        await using var daemon = new ScriptedDaemon(_ => Missing) { Architecture = "s390x" };
        using var images = Images(daemon);

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => images.EnsureAsync(Cancellation));
        Assert.Equal(
            ("the agent has no pause image for a Docker daemon on s390x, only for amd64 and arm64", RuntimeFailureKind.Permanent),
            (failed.Error.Message, failed.Kind));
    }

    private static DockerPauseImage Images(ScriptedDaemon daemon) =>
        new(daemon.Http, daemon.Api, daemon.Time, NullLogger<DockerPauseImage>.Instance);

    private async Task<ContainerHandle> StartAsync(string hostConfig)
    {
        await engine.Service<IPauseImage>().EnsureAsync(Cancellation);
        var pause = await engine.CreateAsync(
            new ContainerDefinition { Name = "pause", Image = PauseImage.Name, DockerConfig = new DockerConfig { HostConfig = hostConfig } });
        Assert.Equal(ObservedState.Running, (await engine.Runtime.StartAsync(pause, Cancellation)).State);
        return pause;
    }
}
