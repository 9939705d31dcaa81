namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Ulimit</c>.</summary>
public sealed record Ulimit
{
    /// <summary>Required.</summary>
    public string? Name { get; init; }

    /// <summary>Required.</summary>
    public int? SoftLimit { get; init; }

    /// <summary>Required.</summary>
    public int? HardLimit { get; init; }
}
