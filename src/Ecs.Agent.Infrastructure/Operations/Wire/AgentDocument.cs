namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>Which agent answers.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Cluster">Its cluster's name or ARN; empty before its registration.</param>
public sealed record AgentDocument(int Pid, string Cluster);
