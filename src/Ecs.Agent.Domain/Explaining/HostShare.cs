namespace Ecs.Agent.Domain.Explaining;

/// <summary>What one task holds of a resource, in the unit of the <see cref="HostShortage"/>.</summary>
public sealed record HostShare(string TaskArn, int Amount);
