namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>ProxyConfiguration</c>.</summary>
public sealed record ProxyConfiguration
{
    public string? ContainerName { get; init; }

    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    /// <summary>One of <c>APPMESH</c>.</summary>
    public string? Type { get; init; }
}
