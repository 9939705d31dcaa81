namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>Dimension</c>.</summary>
public sealed record Dimension
{
    public string? Key { get; init; }

    public string? Value { get; init; }
}
