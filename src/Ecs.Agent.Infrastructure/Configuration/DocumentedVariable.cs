namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>A variable of the official agent that this build does not act upon.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SatisfiedBy">For a switch, the setting that asks for what this build does anyway; null when every value has to be
/// mentioned.</param>
internal sealed record DocumentedVariable(string Name, bool? SatisfiedBy = null);
