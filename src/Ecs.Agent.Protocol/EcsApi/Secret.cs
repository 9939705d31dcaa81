namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Secret</c>.</summary>
public sealed record Secret
{
    /// <summary>Required.</summary>
    public string? Name { get; init; }

    /// <summary>Required.</summary>
    public string? ValueFrom { get; init; }
}
