using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>
/// The agent is killed at points of the scenario, one in each run, started again, and everything must end as if nothing had happened. The
/// environment variable <c>ECS_KILL_AT</c> picks one point, or several, split by commas, or <c>all</c>; without it they are a selection in which
/// each kind of point has its share.
/// </summary>
public sealed class KillMatrixTests(SampleRegistry registry, ITestOutputHelper output)
{
    private const string Pick = "ECS_KILL_AT", All = "all";
    private const int AtLeast = 60, Selected = 68, SideBySide = 4;

    /// <summary>
    /// Which things happen at the same moment differs from run to run, and with it how many checkpoints they make: a point that was not passed is
    /// tried again.
    /// </summary>
    private const int Attempts = 2;

    private readonly ConcurrentDictionary<string, Outcome> _outcomes = new(StringComparer.Ordinal);

    [Fact]
    public async Task Agent_KilledAtAnyPoint_EndsAsIfUndisturbed()
    {
        await using var events = new ContainerEvents();
        var (undisturbed, passed) = await PlayUndisturbedAsync(events);
        Assert.Empty(undisturbed.Left);
        Assert.Empty(undisturbed.Repeated);
        var all = PointSelection.Ordered(passed);
        Assert.Equal(PointSelection.Kinds.Order(StringComparer.Ordinal), all.Select(PointSelection.KindOf).Distinct().Order(StringComparer.Ordinal));
        var picked = Environment.GetEnvironmentVariable(Pick) is { Length: > 0 } points && points != All ? points.Split(',') : null;

        await PlayAsync(picked ?? FirstOf(all), undisturbed, events);
        if (picked is null)
        {
            await MakeUpAsync(all, undisturbed, events);
        }

        Conclude(undisturbed, requireCoverage: picked is null);
    }

    private static IReadOnlyList<string> FirstOf(IReadOnlyList<string> all) =>
        Environment.GetEnvironmentVariable(Pick) == All ? all : [.. all.Take(Selected)];

    /// <summary>In place of points that no run came to, others: first those of the kinds that have none yet.</summary>
    private async Task MakeUpAsync(IReadOnlyList<string> all, History undisturbed, ContainerEvents events)
    {
        while (!(Missing.Count == 0 && Killed.Count >= AtLeast) && all.Where(point => !_outcomes.ContainsKey(point)).ToList() is { Count: > 0 } rest)
        {
            await PlayAsync([.. rest.OrderByDescending(point => Missing.Contains(PointSelection.KindOf(point))).Take(SideBySide)], undisturbed, events);
        }
    }

    private IReadOnlyList<string> Killed => [.. _outcomes.Where(outcome => outcome.Value.WasKilled).Select(outcome => outcome.Key)];

    private IReadOnlyList<string> Missing => [.. PointSelection.Kinds.Except(Killed.Select(PointSelection.KindOf), StringComparer.Ordinal)];

    private void Conclude(History undisturbed, bool requireCoverage)
    {
        var table = string.Join('\n', _outcomes.OrderBy(outcome => outcome.Key, StringComparer.Ordinal).Select(outcome => outcome.Value.Row(outcome.Key)));
        output.WriteLine(
            $"Undisturbed:\n{string.Join('\n', undisturbed.Lines)}\n\nKilled at {Killed.Count} of {_outcomes.Count} points:\n{table}");
        var failed = _outcomes.Where(outcome => outcome.Value.Failure is not null).OrderBy(outcome => outcome.Key, StringComparer.Ordinal).ToList();
        Assert.True(
            failed.Count == 0,
            $"{failed.Count} of {_outcomes.Count} points failed.\n\n"
            + string.Join("\n\n", failed.Select(outcome => Explain(outcome.Key, outcome.Value, undisturbed))));
        if (requireCoverage)
        {
            Assert.Empty(Missing);
            Assert.True(Killed.Count >= AtLeast, $"Killed at {Killed.Count} points only:\n{table}");
        }
        else
        {
            Assert.All(_outcomes, outcome => Assert.True(outcome.Value.WasKilled, $"'{outcome.Key}' was not reached in {Attempts} runs."));
        }
    }

    private async Task<(History History, IReadOnlyList<string> Points)> PlayUndisturbedAsync(ContainerEvents events)
    {
        await using var scenario = await Scenario.PrepareAsync(registry, killAt: null);
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

    private Task PlayAsync(IEnumerable<string> points, History undisturbed, ContainerEvents events) => Parallel.ForEachAsync(
        points,
        new ParallelOptions { MaxDegreeOfParallelism = SideBySide },
        async (point, _) =>
        {
            var outcome = await PlayAsync(point, undisturbed, events);
            _outcomes[point] = outcome;
            Console.WriteLine(outcome.Row(point));
        });

    private async Task<Outcome> PlayAsync(string point, History undisturbed, ContainerEvents events)
    {
        var watch = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            await using var scenario = await Scenario.PrepareAsync(registry, point);
            try
            {
                var history = await scenario.PlayAsync(events);
                var difference = history.Lines.Except(undisturbed.Lines).Concat(undisturbed.Lines.Except(history.Lines)).Any();
                if (difference || scenario.WasKilled || attempt == Attempts)
                {
                    return new Outcome(
                        attempt,
                        watch.Elapsed,
                        scenario.WasKilled,
                        difference ? $"ended otherwise:\n{string.Join('\n', history.Lines)}\n{scenario.Log}" : null);
                }
            }
            catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
            {
                return new Outcome(attempt, watch.Elapsed, scenario.WasKilled, $"{e.Message}\n{scenario.Log}");
            }
        }
    }

    private static string Explain(string point, Outcome outcome, History undisturbed) =>
        $"Killed at '{point}': {outcome.Failure}\nUndisturbed:\n{string.Join('\n', undisturbed.Lines)}\nTo replay: {Pick}='{point}'";

    /// <param name="Attempts">How often the scenario was played until the point was passed.</param>
    /// <param name="Took">All of them.</param>
    /// <param name="WasKilled">Whether the point was passed; else the runs were undisturbed ones.</param>
    /// <param name="Failure">Null when it ended as it should.</param>
    private sealed record Outcome(int Attempts, TimeSpan Took, bool WasKilled, string? Failure)
    {
        public string Row(string point) => string.Create(
            CultureInfo.InvariantCulture,
            $"{point,-36} {(Failure is not null ? "FAILED" : WasKilled ? "ok" : "not reached"),-11} {Attempts} run{(Attempts == 1 ? " " : "s")} {Took.TotalSeconds,5:0.0} s");
    }
}
