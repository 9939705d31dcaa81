namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ManagedAgentStateChange</c>.</summary>
public sealed record ManagedAgentStateChange
{
    /// <summary>Required.</summary>
    public string? ContainerName { get; init; }

    /// <summary>One of <c>ExecuteCommandAgent</c>. Required.</summary>
    public string? ManagedAgentName { get; init; }

    /// <summary>Required.</summary>
    public string? Status { get; init; }

    public string? Reason { get; init; }
}
