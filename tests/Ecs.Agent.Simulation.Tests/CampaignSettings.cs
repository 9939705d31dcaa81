using System.Globalization;

namespace Ecs.Agent.Simulation.Tests;

/// <summary>How much to simulate.</summary>
/// <param name="FirstSeed">Where to begin.</param>
/// <param name="Seeds">How many scenarios.</param>
/// <param name="Time">Goes on until then instead, when set.</param>
/// <param name="Replay">Plays only this seed and shows all of its trace, when set.</param>
internal sealed record CampaignSettings(int FirstSeed, int Seeds, TimeSpan? Time, int? Replay)
{
    public static CampaignSettings FromEnvironment() => new(
        Number("ECS_SIMULATION_FIRST_SEED") ?? 1,
        Number("ECS_SIMULATION_SEEDS") ?? 5000,
        Environment.GetEnvironmentVariable("ECS_SIMULATION_HOURS") is { Length: > 0 } hours
            ? TimeSpan.FromHours(double.Parse(hours, CultureInfo.InvariantCulture))
            : null,
        Number("ECS_SIMULATION_REPLAY"));

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;
}
