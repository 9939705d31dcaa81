namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>What a task holds of a resource, in that resource's unit.</summary>
public sealed record ShareDocument(string TaskArn, int Amount);
