namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>Something about one member on one target.</summary>
/// <param name="Path">JSON path of the member.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Text">What is done, missing or needed, in one line.</param>
public sealed record TargetFinding(string Path, FindingKind Kind, string Text);
