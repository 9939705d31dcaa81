using System.Collections.Concurrent;
using System.Globalization;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.Corruption;

/// <summary>
/// Whatever becomes of the data directory: the agent starts, knows every task whose containers run, and calls none of them STOPPED.
/// </summary>
public sealed class CorruptionTests : IDisposable
{
    private const int Times = 1_000, Machines = 4;

    /// <summary>In memory where that can be had: a thousand lives would otherwise wait for the disk.</summary>
    private readonly string _root = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ecs-agent-corruption-{Guid.NewGuid():n}")).FullName;

    private readonly ConcurrentQueue<string> _failures = new();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Agent_OnAThousandCorruptions_StartsKnowsAllThatRunsAndReportsNoneOfItStopped()
    {
        var numbers = Only() is { } only ? [only] : Enumerable.Range(0, Times).ToArray();
        await Task.WhenAll(numbers.GroupBy(number => number % Machines).Select(group => Task.Run(() => GoThroughAsync(group.Key, [.. group]))));

        Assert.True(
            _failures.IsEmpty, $"{_failures.Count} of {numbers.Length}; ECS_AGENT_CORRUPTION=NUMBER replays one:\n{string.Join('\n', _failures.Take(40))}");
    }

    private async Task GoThroughAsync(int machine, IReadOnlyList<int> numbers)
    {
        var corrupted = new CorruptedMachine(Directory.CreateDirectory(Path.Combine(_root, $"machine-{machine}")).FullName);
        var corruptions = new Corruptions(await corrupted.LiveAsync());
        foreach (var number in numbers)
        {
            var (what, leavesTrace, state) = corruptions.Make(number);
            try
            {
                await corrupted.StartOnAsync(state, number, leavesTrace);
            }
            catch (Exception e)
            {
                _failures.Enqueue($"corruption {number} ({what}): {e.GetType().Name}: {e.Message}{(Only() is null ? "" : e.StackTrace)}");
            }
        }
    }

    /// <summary>One corruption alone, to look into it.</summary>
    private static int? Only() => Environment.GetEnvironmentVariable("ECS_AGENT_CORRUPTION") is { Length: > 0 } number
        ? int.Parse(number, CultureInfo.InvariantCulture)
        : null;
}
