using System.Text.Json.Nodes;

namespace Ecs.Agent.EndToEnd.Tests.TaskDefinitions;

/// <summary>What came of a task.</summary>
/// <param name="NotRegistered">Why the definition was not registered, or null.</param>
/// <param name="Unplaced">Why it was not placed, or null.</param>
/// <param name="Task">As the control plane shows it at its end.</param>
/// <param name="Inspected">What <c>docker inspect</c> says of its container <c>app</c>; null where it was never made.</param>
/// <param name="Log">What that container wrote.</param>
internal sealed record FieldOutcome(string? NotRegistered, string? Unplaced, JsonObject? Task, JsonObject? Inspected, string? Log)
{
    public static FieldOutcome OfRegistration(string problem) => new(problem, null, null, null, null);

    public static FieldOutcome OfPlacement(string? problem) => new(null, problem, null, null, null);

    public static FieldOutcome OfTask(JsonObject task, JsonObject? inspected, string? log) => new(null, null, task, inspected, log);
}
