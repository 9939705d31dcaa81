namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>EphemeralStorage</c>.</summary>
public sealed record EphemeralStorage
{
    /// <summary>Required.</summary>
    public int? SizeInGiB { get; init; }
}
