namespace Ecs.Agent.Application.Configuration;

/// <summary><c>ECS_IMAGE_PULL_BEHAVIOR</c>: whether to ask the registry for an image that is here already.</summary>
public enum ImagePullBehavior
{
    /// <summary>Always pull; where that fails, use what is here.</summary>
    Default,

    /// <summary>Always pull; where that fails, stop the task.</summary>
    Always,

    /// <summary>Pull unless this agent has pulled that name before.</summary>
    Once,

    /// <summary>Pull only what is not here.</summary>
    PreferCached,
}
