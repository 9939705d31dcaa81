namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>PlatformDevice</c>.</summary>
public sealed record PlatformDevice
{
    /// <summary>Required.</summary>
    public string? Id { get; init; }

    /// <summary>One of <c>GPU</c>. Required.</summary>
    public string? Type { get; init; }
}
