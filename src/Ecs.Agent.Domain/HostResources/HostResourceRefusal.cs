namespace Ecs.Agent.Domain.HostResources;

/// <summary>A task needs more than the machine has.</summary>
/// <param name="TaskArn">Which.</param>
/// <param name="Reason">All that it needs and cannot have, and what there is.</param>
public sealed record HostResourceRefusal(string TaskArn, string Reason);
