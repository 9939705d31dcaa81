namespace Ecs.Agent.Domain.Planning;

/// <summary>A step that has been begun and has not ended.</summary>
public sealed record StepInProgress(TaskStep Step, DateTimeOffset Since);
