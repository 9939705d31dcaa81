namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>EFSAuthorizationConfig</c>.</summary>
public sealed record EFSAuthorizationConfig
{
    public string? AccessPointId { get; init; }

    /// <summary>One of <c>ENABLED</c>, <c>DISABLED</c>.</summary>
    public string? Iam { get; init; }
}
