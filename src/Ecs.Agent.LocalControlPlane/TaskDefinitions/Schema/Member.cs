namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>One member of a shape: its JSON name, the kind of its value and whether it may be left out.</summary>
internal sealed record Member(string Name, MemberKind Kind, bool Required = false);
