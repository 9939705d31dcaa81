namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>A JSON number without fraction, within 32 bits.</summary>
internal sealed record IntegerKind : MemberKind
{
    public static readonly IntegerKind Instance = new();

    public override string Description => "an integer";
}
