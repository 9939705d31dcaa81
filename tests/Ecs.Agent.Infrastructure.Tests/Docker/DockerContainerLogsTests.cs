using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class DockerContainerLogsTests(DockerEngine engine)
{
    private const string Script = "echo one; echo two >&2; printf 'h\u00e9llo'; sleep 0.2; printf ' world'";

    [Fact]
    public async Task Follow_Container_GivesEveryLineOfBothStreamsUntilItEnds()
    {
        var lines = await FollowAsync(Script, config: null, """{"NetworkMode":"none"}""");

        Assert.Equal(["one", "h\u00e9llo world"], lines.Where(line => !line.IsError).Select(line => line.Text));
        Assert.Equal(["two"], lines.Where(line => line.IsError).Select(line => line.Text));
    }

    [Fact]
    public async Task Follow_Terminal_GivesOneStream()
    {
        var lines = await FollowAsync(Script, """{"Tty":true}""", """{"NetworkMode":"none"}""");

        Assert.Equal(["one", "two", "h\u00e9llo world"], lines.Select(line => line.Text));
        Assert.DoesNotContain(lines, line => line.IsError);
    }

    [Fact]
    public async Task Follow_LineLongerThanDockersEntries_IsCutAt16KiB()
    {
        var lines = await FollowAsync("head -c 40000 /dev/zero | tr '\\0' x; echo", config: null, """{"NetworkMode":"none"}""");

        Assert.Equal([16384, 16384, 7232], lines.Select(line => line.Text.Length));
    }

    [Fact]
    public async Task Follow_DriverWithoutReading_IsEmpty() => Assert.Empty(
        await FollowAsync(Script, config: null, """{"NetworkMode":"none","LogConfig":{"Type":"none"}}"""));

    [Fact]
    public async Task Follow_ContainerThatIsGone_IsNotFound()
    {
        var failed = await Assert.ThrowsAsync<RuntimeException>(async () =>
        {
            await foreach (var line in engine.Logs.FollowAsync(engine.Unique("gone"), TestContext.Current.CancellationToken))
            {
                Assert.Fail(line.Text);
            }
        });

        Assert.Equal(RuntimeFailureKind.NotFound, failed.Kind);
    }

    [Fact]
    public async Task Tail_OfAContainer_IsTheLastLinesOfBothStreams()
    {
        // Docker takes the two streams up side by side: without a pause it may put one before the other.
        var container = await EndedAsync(
            "for i in 1 2 3 4; do echo $i; done; sleep 0.3; echo five >&2; sleep 0.3; printf six", """{"NetworkMode":"none"}""");

        var tail = await engine.Logs.TailAsync(container.RuntimeId, 3, TestContext.Current.CancellationToken);

        Assert.Equal(["4", "five", "six"], tail.Select(line => line.Text).Order(StringComparer.Ordinal));
        Assert.Equal(["five"], tail.Where(line => line.IsError).Select(line => line.Text));
    }

    [Fact]
    public async Task Tail_OfAContainerThatRuns_DoesNotWaitForItsEnd()
    {
        var container = await StartedAsync("echo up; exec sleep 300", """{"NetworkMode":"none"}""");
        await foreach (var line in engine.Logs.FollowAsync(container.RuntimeId, TestContext.Current.CancellationToken))
        {
            Assert.Equal("up", line.Text);
            break;
        }

        Assert.Equal("up", Assert.Single(await engine.Logs.TailAsync(container.RuntimeId, 10, TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task Tail_DriverWithoutReading_IsEmpty()
    {
        var container = await EndedAsync(Script, """{"NetworkMode":"none","LogConfig":{"Type":"none"}}""");

        Assert.Empty(await engine.Logs.TailAsync(container.RuntimeId, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Tail_ContainerThatIsGone_IsNotFound()
    {
        var failed = await Assert.ThrowsAsync<RuntimeException>(
            () => engine.Logs.TailAsync(engine.Unique("gone"), 1, TestContext.Current.CancellationToken));

        Assert.Equal(RuntimeFailureKind.NotFound, failed.Kind);
    }

    private async Task<ContainerHandle> StartedAsync(string script, string hostConfig)
    {
        var container = await engine.CreateAsync(Sample.Container with
        {
            Command = ["sh", "-c", script],
            DockerConfig = new DockerConfig { HostConfig = hostConfig },
        });
        await engine.Runtime.StartAsync(container, TestContext.Current.CancellationToken);
        return container;
    }

    private async Task<ContainerHandle> EndedAsync(string script, string hostConfig)
    {
        var container = await StartedAsync(script, hostConfig);
        while ((await engine.Runtime.InspectAsync(container, TestContext.Current.CancellationToken)).State == ObservedState.Running)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return container;
    }

    private async Task<List<ContainerLogLine>> FollowAsync(string script, string? config, string hostConfig)
    {
        var container = await engine.CreateAsync(Sample.Container with
        {
            Command = ["sh", "-c", script],
            DockerConfig = new DockerConfig { Config = config, HostConfig = hostConfig },
        });
        await engine.Runtime.StartAsync(container, TestContext.Current.CancellationToken);
        var lines = new List<ContainerLogLine>();
        await foreach (var line in engine.Logs.FollowAsync(container.RuntimeId, TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }
}
