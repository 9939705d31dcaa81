namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ContainerDependency</c>.</summary>
public sealed record ContainerDependency
{
    /// <summary>Required.</summary>
    public string? ContainerName { get; init; }

    /// <summary>One of <c>START</c>, <c>COMPLETE</c>, <c>SUCCESS</c>, <c>HEALTHY</c>. Required.</summary>
    public string? Condition { get; init; }
}
