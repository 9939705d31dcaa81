using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>
/// The agent is killed at each point of the scenario in turn, started again, and everything must end as if nothing had happened. The environment
/// variable <c>ECS_KILL_AT</c> picks one point (or several, split by commas).
/// </summary>
public sealed class KillMatrixTests(ITestOutputHelper output)
{
    private const string Pick = "ECS_KILL_AT";
    private const int AtLeast = 60;
    private const int SideBySide = 4;

    /// <summary>
    /// Which things happen at the same moment differs from run to run, and with it how many checkpoints they make: a point that was not passed is
    /// tried again.
    /// </summary>
    private const int Attempts = 4;

    /// <summary>
    /// The machine is registered and nobody has heard as what: the next life cannot know it either, and registers it once more. (The client token,
    /// which makes a repeat harmless, lives as long as the process, as that of the official agent does.)
    /// </summary>
    private static readonly string[] IdentityNeverHeard = ["register.after", "save identity.before"];

    [Fact]
    public async Task Agent_KilledAtEveryPoint_EndsAsIfUndisturbed()
    {
        await using var events = new ContainerEvents();
        var (undisturbed, all) = await PlayUndisturbedAsync(events);
        Assert.Empty(undisturbed.Left);
        Assert.Empty(undisturbed.Repeated);
        Assert.True(all.Count >= AtLeast, $"Only {all.Count} points:\n{string.Join('\n', all)}");
        var points = Environment.GetEnvironmentVariable(Pick) is { Length: > 0 } picked ? picked.Split(',') : [.. all];

        var outcomes = new ConcurrentDictionary<string, Outcome>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            points,
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide },
            async (point, _) =>
            {
                outcomes[point] = await PlayAsync(point, undisturbed, events);
                Console.WriteLine(outcomes[point].Row(point));
            });

        var table = string.Join('\n', points.Select(point => outcomes[point].Row(point)));
        output.WriteLine($"Undisturbed:\n{string.Join('\n', undisturbed.Lines)}\n\n{points.Length} points:\n{table}");
        var failed = points.Where(point => outcomes[point].Failure is not null).ToList();
        Assert.True(
            failed.Count == 0,
            $"{failed.Count} of {points.Length} points failed.\n\n"
            + string.Join("\n\n", failed.Select(point => Explain(point, outcomes[point], undisturbed))));
    }

    private static async Task<(History History, IReadOnlyList<string> Points)> PlayUndisturbedAsync(ContainerEvents events)
    {
        await using var scenario = await Scenario.PrepareAsync(killAt: null);
        try
        {
            var history = await scenario.PlayAsync(events);
            return (history, scenario.Points);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The undisturbed run fails: {e.Message}\n{scenario.Log}", e);
        }
    }

    private static async Task<Outcome> PlayAsync(string point, History undisturbed, ContainerEvents events)
    {
        var watch = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            await using var scenario = await Scenario.PrepareAsync(point);
            try
            {
                var history = await scenario.PlayAsync(events);
                if (IdentityNeverHeard.Contains(point))
                {
                    history = history with { ContainerInstances = 1 };
                }

                var difference = history.Lines.Except(undisturbed.Lines).Concat(undisturbed.Lines.Except(history.Lines)).Any();
                if (difference)
                {
                    return new Outcome(attempt, watch.Elapsed, $"ended otherwise:\n{string.Join('\n', history.Lines)}\n{scenario.Log}");
                }

                if (scenario.WasKilled)
                {
                    return new Outcome(attempt, watch.Elapsed, Failure: null);
                }

                if (attempt == Attempts)
                {
                    return new Outcome(
                        attempt, watch.Elapsed, $"was never passed in {Attempts} runs; passed were:\n{string.Join('\n', scenario.Points)}");
                }
            }
            catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
            {
                return new Outcome(attempt, watch.Elapsed, $"{e.Message}\n{scenario.Log}");
            }
        }
    }

    private static string Explain(string point, Outcome outcome, History undisturbed) =>
        $"Killed at '{point}': {outcome.Failure}\nUndisturbed:\n{string.Join('\n', undisturbed.Lines)}\nTo replay: {Pick}='{point}'";

    /// <param name="Attempts">How often the scenario was played until the point was passed.</param>
    /// <param name="Took">All of them.</param>
    /// <param name="Failure">Null when it ended as it should.</param>
    private sealed record Outcome(int Attempts, TimeSpan Took, string? Failure)
    {
        public string Row(string point) => string.Create(
            CultureInfo.InvariantCulture,
            $"{point,-32} {(Failure is null ? "ok" : "FAILED"),-7} {Attempts} run{(Attempts == 1 ? " " : "s")} {Took.TotalSeconds,5:0.0} s");
    }
}
