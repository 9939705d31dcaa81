namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

/// <summary>One member of RegisterTaskDefinition and what becomes of it.</summary>
/// <param name="Member">Its path, with <c>[]</c> behind lists: <c>containerDefinitions[].cpu</c>.</param>
/// <param name="Fate">Whether this agent acts upon it.</param>
/// <param name="Text">Where it arrives, with which words it is refused, or why it does not apply; Markdown.</param>
/// <param name="Locally">What the local ECS makes of it instead, as it has no AWS account; null when nothing else.</param>
public sealed record MemberSupport(string Member, MemberFate Fate, string Text, string? Locally = null);
