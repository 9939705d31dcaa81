using System.Globalization;
using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>
/// A Docker daemon of the test's own, which it may stop, kill and start again while tasks run. It has the tests' image, and no network: it
/// lives in a network namespace of its own, since a daemon without a bridge would remove the machine's.
/// </summary>
internal sealed class OwnDaemon : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-dockerd-").FullName;
    private readonly bool _liveRestore;
    private RunningProcess _process;

    private OwnDaemon(bool liveRestore)
    {
        _liveRestore = liveRestore;
        Engine = new Engine($"unix://{_folder}/docker.sock");
        _process = Start();
    }

    public Engine Engine { get; }

    /// <param name="liveRestore">Whether containers outlive the daemon.</param>
    public static async Task<OwnDaemon> StartAsync(bool liveRestore)
    {
        var daemon = new OwnDaemon(liveRestore);
        await daemon.AnswersAsync();
        var image = Path.Combine(daemon._folder, "image.tar");
        await Engine.Shared.CallAsync("save", "--output", image, TestSettings.Image);
        await daemon.Engine.CallAsync("load", "--input", image);
        return daemon;
    }

    /// <summary>Ends the daemon by that signal, and starts it again.</summary>
    /// <param name="signal">TERM or KILL.</param>
    /// <param name="whileDown">Done in between.</param>
    public async Task RestartAsync(string signal, Func<Task>? whileDown = null)
    {
        await _process.SignalAsync(signal);
        await _process.ExitAsync();
        await (whileDown?.Invoke() ?? Task.CompletedTask);
        _process = Start();
        await AnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.RemoveAllAsync("com.amazonaws.ecs.cluster");
        await _process.DisposeAsync();
        foreach (var mount in Mounts().Reverse())
        {
            await CommandLine.RunAsync("umount", ["--lazy", mount]);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private RunningProcess Start()
    {
        // What a killed daemon has left would make the next one believe that it, or its containerd, is still there.
        File.Delete(Path.Combine(_folder, "docker.pid"));
        if (Directory.Exists(Path.Combine(_folder, "exec/containerd")))
        {
            File.Delete(Path.Combine(_folder, "exec/containerd/containerd.pid"));
        }

        string[] liveRestore = _liveRestore ? ["--live-restore"] : [];
        return RunningProcess.Start("unshare",
        [
            "--net", "dockerd", "--data-root", $"{_folder}/data", "--exec-root", $"{_folder}/exec", "--pidfile", $"{_folder}/docker.pid",
            "--host", Engine.Host, "--bridge", "none", "--iptables=false", "--ip-forward=false", "--ip-masq=false", .. liveRestore,
        ]);
    }

    private Task AnswersAsync() => Eventually.IsTrueAsync(
        async () =>
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"dockerd has ended:\n{_process.Output}");
            }

            try
            {
                await Engine.CallAsync("version");
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        },
        () => string.Create(CultureInfo.InvariantCulture, $"dockerd {_process.Id} does not answer:\n{_process.Output}"));

    /// <summary>What a killed daemon has left mounted.</summary>
    private IEnumerable<string> Mounts() =>
        File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1]).Where(path => path.StartsWith(_folder + "/", StringComparison.Ordinal));
}
