namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>ManagedAgent</c>.</summary>
public sealed record ManagedAgent
{
    /// <summary>One of <c>ExecuteCommandAgent</c>.</summary>
    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string>? Properties { get; init; }
}
