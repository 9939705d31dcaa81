namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;

/// <summary>An attribute that an instance must have, and the member of the definition that asks for it.</summary>
internal readonly record struct AttributeDemand(string Attribute, string Path);
