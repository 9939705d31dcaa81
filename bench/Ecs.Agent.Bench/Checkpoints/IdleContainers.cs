using System.Diagnostics;
using System.Text.Json.Nodes;
using Ecs.Agent.Bench.Burst;

namespace Ecs.Agent.Bench.Checkpoints;

/// <summary>Containers that were created and never started; they are removed at the end.</summary>
internal sealed class IdleContainers : IAsyncDisposable
{
    private const int AtOnce = 4;

    private readonly RawDocker _docker = new(Machine.DockerSocket);
    private readonly string _label = $"ecs-agent-bench={Guid.NewGuid():n}";

    public IReadOnlyList<string> RuntimeIds { get; private set; } = [];

    public static async Task<IdleContainers> CreateAsync(int count)
    {
        var containers = new IdleContainers();
        var label = containers._label.Split('=');
        try
        {
            await EachAsync(Enumerable.Range(0, count), async i => await containers._docker.CreateAsync(
                $"ecs-agent-bench-{label[1]}-{i}",
                new JsonObject
                {
                    ["Image"] = Machine.Image,
                    ["Cmd"] = new JsonArray("true"),
                    ["Labels"] = new JsonObject { [label[0]] = label[1] },
                    ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none" },
                }));
            containers.RuntimeIds = await containers._docker.ListAsync(containers._label);
            return containers;
        }
        catch
        {
            await containers.DisposeAsync();
            throw;
        }
    }

    /// <summary>How long a list and an inspection of each take, all at once.</summary>
    public async Task<TimeSpan> ListAndInspectAsync()
    {
        var watch = Stopwatch.StartNew();
        var ids = await _docker.ListAsync(_label);
        await Task.WhenAll(ids.Select(_docker.InspectAsync));
        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await EachAsync(await _docker.ListAsync(_label), _docker.RemoveAsync);
        _docker.Dispose();
    }

    private static Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> work) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (item, _) => await work(item));
}
