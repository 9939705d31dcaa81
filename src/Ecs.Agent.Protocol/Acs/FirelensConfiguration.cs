namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>FirelensConfiguration</c>.</summary>
public sealed record FirelensConfiguration
{
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>One of <c>fluentd</c>, <c>fluentbit</c>.</summary>
    public string? Type { get; init; }
}
