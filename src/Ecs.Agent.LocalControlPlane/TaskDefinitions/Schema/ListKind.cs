namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>A list whose elements are all of one kind.</summary>
internal sealed record ListKind(MemberKind Element) : MemberKind
{
    public override string Description => Element is StructureKind shape ? $"a list of {shape.Name} objects" : "a list";
}
