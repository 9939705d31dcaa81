namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Device</c>.</summary>
public sealed record Device
{
    /// <summary>Required.</summary>
    public string? HostPath { get; init; }

    public string? ContainerPath { get; init; }

    public IReadOnlyList<string>? Permissions { get; init; }
}
