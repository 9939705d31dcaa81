using System.Diagnostics;
using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests;

/// <summary>Plays one seed after the other until one breaks a law, and then makes that one as small as it gets.</summary>
internal static class Campaign
{
    /// <summary>A scenario takes milliseconds. One that takes this long goes in circles and never gives the thread back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<CampaignReport> RunAsync(CampaignSettings settings, CancellationToken cancellationToken)
    {
        var playing = new Playing();
        using var watchdog = new Watchdog(playing, Patience);
        return await Task.Run(() => RunOnPoolAsync(settings, playing, cancellationToken), cancellationToken);
    }

    private static async Task<CampaignReport> RunOnPoolAsync(
        CampaignSettings settings, Playing playing, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var (first, last) = settings.Replay is { } replay
            ? (replay, replay)
            : (settings.FirstSeed, settings.Time is null ? settings.FirstSeed + settings.Seeds - 1 : int.MaxValue);
        long lines = 0;
        var seed = first;
        for (; seed <= last && !(watch.Elapsed > settings.Time); seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            playing.Begin(seed);
            var scenario = ScenarioGen.Generate(seed);
            var (broken, trace) = await Simulation.RunAsync(scenario).ConfigureAwait(false);
            lines += trace.Lines.Count;
            if (broken is not null || settings.Replay is not null)
            {
                return new CampaignReport($"seed {seed}", await ExplainAsync(seed, scenario, broken, playing).ConfigureAwait(false));
            }
        }

        var seeds = seed - first;
        return new CampaignReport(
            $"{seeds} seeds, {lines} events in {watch.Elapsed.TotalSeconds:F1} s: {seeds / watch.Elapsed.TotalSeconds:F0} seeds per second",
            Failure: null);
    }

    private static async Task<string> ExplainAsync(int seed, Scenario scenario, string? broken, Playing playing)
    {
        if (broken is null)
        {
            var (_, all) = await Simulation.RunAsync(scenario).ConfigureAwait(false);
            return $"seed {seed} breaks no law.\n\n{ScenarioText.Of(scenario)}\n{all}";
        }

        var small = await Shrinker.ShrinkAsync(scenario, broken, () => playing.Begin(seed)).ConfigureAwait(false);
        var (law, trace) = await Simulation.RunAsync(small).ConfigureAwait(false);
        return $"seed {seed}: {broken}\nreplay with ECS_SIMULATION_REPLAY={seed}\n\nshrunk: {law}\n{ScenarioText.Of(small)}\n{trace}";
    }
}
