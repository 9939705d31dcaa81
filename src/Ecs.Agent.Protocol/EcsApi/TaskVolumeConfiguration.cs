namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>TaskVolumeConfiguration</c>.</summary>
public sealed record TaskVolumeConfiguration
{
    /// <summary>Required.</summary>
    public string? Name { get; init; }

    public TaskManagedEBSVolumeConfiguration? ManagedEBSVolume { get; init; }
}
