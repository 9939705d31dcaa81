namespace Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;

/// <summary>What came of a <see cref="RecoverTasksCommand"/>.</summary>
/// <param name="Recovered">How many tasks were taken on again.</param>
public sealed record RecoverTasksResult(int Recovered);
