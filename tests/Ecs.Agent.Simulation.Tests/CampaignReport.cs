namespace Ecs.Agent.Simulation.Tests;

/// <summary>What came of a campaign.</summary>
/// <param name="Summary">How much was simulated, and how fast.</param>
/// <param name="Failure">The seed, the law that it broke, the shrunk scenario and its trace; null when every law was kept.</param>
internal sealed record CampaignReport(string Summary, string? Failure);
