using Ecs.Agent.Simulation.Tests.Scenarios;
using Ecs.Agent.Simulation.Tests.World;

namespace Ecs.Agent.Simulation.Tests;

/// <summary>
/// Plays a scenario with the real Application: one virtual clock, one seed, one thread. The process is configured so that the thread pool
/// has a single thread, and a run lives entirely on it. Every continuation of the agent is thus queued behind the others in an order that
/// depends on nothing but the run itself, and when the pool has nothing left to do, nothing happens before the clock goes on.
/// </summary>
internal static class Simulation
{
    /// <summary>All disturbances have come to an end by then, and the last look without a hint is due.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(16);

    private static readonly TimeSpan End = Quiet + TimeSpan.FromMinutes(10);

    /// <summary>Must be called on the pool. Gives what broke, or null, and the trace.</summary>
    public static async Task<(string? Broken, Trace Trace)> RunAsync(Scenario scenario)
    {
        var world = new SimulatedWorld(scenario);
        world.Wind();
        world.Watch(world.BeginLifeAsync());
        await RunUntilAsync(world, VirtualClock.Epoch + Quiet).ConfigureAwait(false);
        if (world.Laws.Broken is null)
        {
            world.Laws.AfterQuiet();
            foreach (var task in scenario.Tasks)
            {
                world.Payloads.Add(task.Definition, start: false);
            }

            await RunUntilAsync(world, VirtualClock.Epoch + End).ConfigureAwait(false);
        }

        if (world.Laws.Broken is null)
        {
            world.Laws.AfterEnd();
        }

        return (world.Laws.Broken, world.Trace);
    }

    private static async Task RunUntilAsync(SimulatedWorld world, DateTimeOffset until)
    {
        const int busy = 2_000, endless = 100_000;
        var (instant, steps) = (world.Clock.Now, 0);
        do
        {
            await DrainAsync().ConfigureAwait(false);
            world.Laws.AfterStep();
            world.Step++;
            steps = world.Clock.Now == instant ? steps + 1 : 0;
            instant = world.Clock.Now;
            if (steps > busy || world.Step > endless)
            {
                world.Laws.Break("a loop that never comes to rest");
            }
        }
        while (world.Laws.Broken is null && world.Clock.RunNext(until));
    }

    /// <summary>Lets everything run that can. The pool is this one thread, so what is queued is all there is.</summary>
    private static async Task DrainAsync()
    {
        do
        {
            await Task.Yield();
        }
        while (ThreadPool.PendingWorkItemCount > 0);
    }
}
