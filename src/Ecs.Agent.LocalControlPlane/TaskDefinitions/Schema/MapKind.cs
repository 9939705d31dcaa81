namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>An object with free member names and string values.</summary>
internal sealed record MapKind : MemberKind
{
    public static readonly MapKind Instance = new();

    public override string Description => "an object of strings";
}
