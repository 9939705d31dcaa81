namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary><c>true</c> or <c>false</c>, not their names in quotes.</summary>
internal sealed record BooleanKind : MemberKind
{
    public static readonly BooleanKind Instance = new();

    public override string Description => "true or false";
}
