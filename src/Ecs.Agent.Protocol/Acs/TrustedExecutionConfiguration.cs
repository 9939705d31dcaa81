namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>TrustedExecutionConfiguration</c>.</summary>
public sealed record TrustedExecutionConfiguration
{
    /// <summary>One of <c>SHARED</c>, <c>EXCLUSIVE</c>, <c>ISOLATED_PARTITION</c>.</summary>
    public string? IsolationMode { get; init; }
}
