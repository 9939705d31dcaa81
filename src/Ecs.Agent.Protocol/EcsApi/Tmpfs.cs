namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Tmpfs</c>.</summary>
public sealed record Tmpfs
{
    /// <summary>Required.</summary>
    public string? ContainerPath { get; init; }

    /// <summary>Required.</summary>
    public int? Size { get; init; }

    public IReadOnlyList<string>? MountOptions { get; init; }
}
