using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>An object with the members of one shape of the ECS model and no others.</summary>
internal sealed record StructureKind(string Name, ImmutableArray<Member> Members) : MemberKind
{
    public override string Description => "an object";

    public Member? Find(string name) => Members.FirstOrDefault(m => m.Name == name);
}
