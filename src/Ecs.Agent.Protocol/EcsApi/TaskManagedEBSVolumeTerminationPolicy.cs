namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>TaskManagedEBSVolumeTerminationPolicy</c>.</summary>
public sealed record TaskManagedEBSVolumeTerminationPolicy
{
    /// <summary>Required.</summary>
    public bool? DeleteOnTermination { get; init; }
}
