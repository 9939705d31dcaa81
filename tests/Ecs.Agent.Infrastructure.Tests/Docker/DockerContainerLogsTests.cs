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
