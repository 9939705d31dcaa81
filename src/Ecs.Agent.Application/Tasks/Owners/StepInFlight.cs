namespace Ecs.Agent.Application.Tasks.Owners;

/// <summary>A step that has been begun and whose end has not been heard of.</summary>
internal sealed record StepInFlight(CancellationTokenSource Cancellation, Task Completion);
