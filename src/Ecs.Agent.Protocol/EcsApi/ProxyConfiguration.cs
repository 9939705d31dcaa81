namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ProxyConfiguration</c>.</summary>
public sealed record ProxyConfiguration
{
    /// <summary>One of <c>APPMESH</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Required.</summary>
    public string? ContainerName { get; init; }

    public IReadOnlyList<NameValuePair>? Properties { get; init; }
}
