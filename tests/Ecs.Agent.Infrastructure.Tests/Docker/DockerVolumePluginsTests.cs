using Ecs.Agent.Infrastructure.Docker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class DockerVolumePluginsTests(DockerEngine engine) : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("plugins-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task List_ManagedPlugins_AreNamedWithAndWithoutLatest()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(
            200,
            """[{"Name":"rexray/ebs:latest","Enabled":true,"Id":"1"},{"Name":"vieux/sshfs:1.0","Enabled":true},{"Name":"off:latest","Enabled":false}]"""));

        Assert.Equal(["rexray/ebs", "rexray/ebs:latest", "vieux/sshfs:1.0"], await Plugins(daemon).ListAsync(Cancellation));
        Assert.Equal(
            ["GET /plugins?filters=%7B%22capability%22%3A%5B%22volumedriver%22%5D%2C%22enabled%22%3A%5B%22true%22%5D%7D"], daemon.Requests);
    }

    [Fact]
    public async Task List_OlderPlugins_AreTheFilesByWhichDockerFindsThem()
    {
        Touch("run/docker/plugins/convoy.sock");
        Touch("run/docker/plugins/flocker/flocker.sock");
        Touch("run/docker/plugins/readme.txt");
        Touch("etc/docker/plugins/nfs.spec");
        Touch("usr/lib/docker/plugins/local-persist.json");
        Touch("usr/lib/docker/plugins/deep/deep.spec");
        Touch("usr/lib/docker/plugins/deep2/other.spec");
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(200, "[]"));

        Assert.Equal(["convoy", "deep", "flocker", "local-persist", "nfs"], await Plugins(daemon).ListAsync(Cancellation));
    }

    [Fact]
    public async Task List_DaemonThatRefuses_LeavesTheOlderOnes()
    {
        Touch("run/docker/plugins/convoy.sock");
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(500, "{}"));

        Assert.Equal(["convoy"], await Plugins(daemon).ListAsync(Cancellation));
    }

    [Fact]
    public async Task List_DaemonThatIsSilent_IsLeftAloneAfterAMinute()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Silence);

        var listing = Plugins(daemon).ListAsync(Cancellation);
        await daemon.UntilAskedAsync(requests: 1);
        daemon.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(await listing);
    }

    [Fact]
    public async Task List_RealEngine_UnderstandsTheQuestion()
    {
        var log = new LoggedLines();
        var plugins = new DockerVolumePlugins(engine.Service<DockerHttp>(), TimeProvider.System, log, _root);

        await plugins.ListAsync(Cancellation);
        Assert.Empty(log.Lines);
    }

    private DockerVolumePlugins Plugins(ScriptedDaemon daemon) =>
        new(daemon.Http, daemon.Time, NullLogger<DockerVolumePlugins>.Instance, _root);

    private void Touch(string file)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }

    private sealed class LoggedLines : ILogger<DockerVolumePlugins>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
