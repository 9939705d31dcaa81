namespace Ecs.Agent.Domain.Planning;

/// <summary>The place that a step takes while it is in flight: at most one step holds it.</summary>
public readonly record struct StepSlot(StepLane Lane, string Subject)
{
    public static StepSlot OfTask { get; } = new(StepLane.Task, "");

    public static StepSlot OfReport { get; } = new(StepLane.Report, "");

    public static StepSlot OfContainer(string name) => new(StepLane.Container, name);

    public static StepSlot OfResource(string key) => new(StepLane.Resource, key);
}
