namespace Ecs.Agent.Simulation.Tests;

/// <summary>
/// Ends the process, naming the seed, when a scenario never gives the thread back. Nothing else could: there is no other thread to fail a
/// test on.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly ManualResetEventSlim _over = new();

    public Watchdog(Playing playing, TimeSpan patience)
    {
        new Thread(() => Watch(playing, patience)) { IsBackground = true, Name = "watchdog" }.Start();
    }

    public void Dispose() => _over.Set();

    private void Watch(Playing playing, TimeSpan patience)
    {
        while (!_over.Wait(TimeSpan.FromSeconds(1)))
        {
            if (playing.LongerThan(patience) is { } seed)
            {
                Console.Error.WriteLine($"seed {seed}: goes round in circles; replay with ECS_SIMULATION_REPLAY={seed}");
                Environment.Exit(3);
            }
        }
    }
}
