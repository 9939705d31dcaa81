using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>A string; with <paramref name="Allowed"/> values, one of them exactly.</summary>
internal sealed record StringKind(ImmutableArray<string> Allowed) : MemberKind
{
    public static readonly StringKind Any = new([]);

    public override string Description => Allowed.IsEmpty ? "a string" : $"one of {string.Join(", ", Allowed)}";
}
