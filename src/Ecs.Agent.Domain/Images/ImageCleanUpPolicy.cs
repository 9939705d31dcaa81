namespace Ecs.Agent.Domain.Images;

/// <summary>The knobs of automated clean-up.</summary>
public sealed record ImageCleanUpPolicy
{
    /// <summary><c>ECS_IMAGE_MINIMUM_CLEANUP_AGE</c>: an image of ours must have been known for longer.</summary>
    public TimeSpan MinimumAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>NON_ECS_IMAGE_MINIMUM_CLEANUP_AGE</c>: an image that is not ours must have been built longer ago.</summary>
    public TimeSpan UntrackedMinimumAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>ECS_NUM_IMAGES_DELETE_PER_CYCLE</c>, at least 1.</summary>
    public int ImagesPerCycle { get; init; } = 5;

    /// <summary><c>NONECS_NUM_CONTAINERS_DELETE_PER_CYCLE</c>; null means no limit.</summary>
    public int? ContainersPerCycle { get; init; } = 5;

    /// <summary><c>ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION</c>: a container that is not ours must have ended longer ago.</summary>
    public TimeSpan EndedContainerAge { get; init; } = TimeSpan.FromHours(3);

    public ImageExclusions Exclusions { get; init; } = ImageExclusions.BuiltIn;
}
