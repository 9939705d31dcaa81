namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>ContainerDependency</c>.</summary>
public sealed record ContainerDependency
{
    /// <summary>One of <c>START</c>, <c>COMPLETE</c>, <c>SUCCESS</c>, <c>HEALTHY</c>.</summary>
    public string? Condition { get; init; }

    public string? ContainerName { get; init; }
}
