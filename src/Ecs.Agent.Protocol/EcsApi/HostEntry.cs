namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>HostEntry</c>.</summary>
public sealed record HostEntry
{
    /// <summary>Required.</summary>
    public string? Hostname { get; init; }

    /// <summary>Required.</summary>
    public string? IpAddress { get; init; }
}
