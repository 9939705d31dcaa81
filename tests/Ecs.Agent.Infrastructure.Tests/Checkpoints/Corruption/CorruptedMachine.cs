using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Extensions.Logging.Abstractions;
using static Ecs.Agent.Infrastructure.Tests.Checkpoints.SampleTasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.Corruption;

/// <summary>A machine whose containers run on while its agent's data directory is corrupted, again and again.</summary>
/// <param name="root">Where its data directories are.</param>
internal sealed class CorruptedMachine(string root)
{
    private const int Running = 4, Stopped = 5;

    private readonly CheckpointedWorld _world = new();

    /// <summary>A life in which four tasks come to run and one ends; the data directory as a kill would have left it at each step, and at the end.</summary>
    public async Task<List<SavedState>> LiveAsync()
    {
        var path = Directory.CreateDirectory(Path.Combine(root, "before")).FullName;
        var moments = new List<SavedState>();
        using (var directory = DataDirectory.Take(path))
        using (var store = Open(directory))
        {
            _world.Identities = new FileIdentityStore(directory, NullLogger<FileIdentityStore>.Instance);
            await using var agent = new CheckpointedAgent(_world, store);
            await agent.StartAsync();
            moments.Add(SavedState.Of(path));
            foreach (var number in Enumerable.Range(1, Running).Append(Stopped))
            {
                await agent.SendAsync(new StartTasksCommand([Definition(number)], []));
                moments.Add(SavedState.Of(path));
                await agent.UntilAsync(Arn(number), task => task.Find("db")!.IsRunning);
                moments.Add(SavedState.Of(path));
                await agent.UntilAsync(Arn(number), task => task.Sent == EcsTaskStatus.Running);
                moments.Add(SavedState.Of(path));
            }

            await agent.SendAsync(new StopTaskCommand(Arn(Stopped), Definition: null));
            await agent.UntilAsync(Arn(Stopped), task => task.Sent == EcsTaskStatus.Stopped);
            moments.Add(SavedState.Of(path));
        }

        moments.Add(SavedState.Of(path));
        return moments;
    }

    /// <summary>A life on that state, and what must hold of it.</summary>
    public async Task StartOnAsync(SavedState state, int number, bool leavesTrace)
    {
        var path = Directory.CreateDirectory(Path.Combine(root, $"{number}")).FullName;
        state.WriteTo(path);
        _world.ForgetReports();
        var before = _world.Docker.Containers;
        using (var directory = DataDirectory.Take(path))
        using (var store = Open(directory))
        {
            _world.Identities = new FileIdentityStore(directory, NullLogger<FileIdentityStore>.Instance);
            await using var agent = new CheckpointedAgent(_world, store);
            var calls = _world.Docker.Calls.Count;
            await agent.StartAsync();
            await _world.Docker.WaitForAsync(docker => docker.Containers.Values.All(
                c => c.State != ObservedState.Running || docker.Calls.Skip(calls).Any(call => call.Subject == c.DockerName)), agent.Patience);
            for (var i = 1; i <= Running; i++)
            {
                Assert.NotNull(agent.Directory.Find(Arn(i)));
                await agent.UntilAsync(Arn(i), IsUp);
            }
        }

        Assert.All(_world.Heard.Attempts.Where(report => report.TaskArn != Arn(Stopped)), report =>
        {
            Assert.NotEqual(ReportedStatus.Stopped, report.Status);
            Assert.DoesNotContain(report.Containers, entry => entry.Status == ReportedStatus.Stopped);
        });
        Assert.Equal(before.Keys.Order(), _world.Docker.Containers.Keys.Order());
        Assert.All(_world.Docker.Containers.Values, container => Assert.Equal(before[container.DockerName].State, container.State));
        await RequireSavedAsync(path);
        if (leavesTrace)
        {
            var report = CheckpointInspection.Inspect(path);
            Assert.True(report.Quarantined.Length + report.PutAside.Length > 0, "nothing tells what could not be used");
        }

        Directory.Delete(path, recursive: true);
    }

    /// <summary>It is known to run, and the control plane knows.</summary>
    private static bool IsUp(EcsTask task) =>
        task.Known == EcsTaskStatus.Running && task.Sent == EcsTaskStatus.Running && task.Containers.All(c => c.IsRunning);

    /// <summary>What was repaired is saved: the life after next needs no labels.</summary>
    private static async Task RequireSavedAsync(string path)
    {
        using var directory = DataDirectory.Take(path);
        using var store = Open(directory);
        var tasks = (await store.LoadAsync(default)).ToDictionary(task => task.Arn, StringComparer.Ordinal);
        for (var i = 1; i <= Running; i++)
        {
            Assert.True(tasks.TryGetValue(Arn(i), out var task) && IsUp(task), $"task {i} is not saved as it is: {task?.Known}");
        }
    }

    private static SqliteCheckpointStore Open(DataDirectory directory) => new(
        directory, OperatingSystemFiles.Instance, TimeProvider.System, NullLogger<SqliteCheckpointStore>.Instance);
}
