namespace Ecs.Agent.Domain.Resources;

/// <summary>A resource of a task, and how far it has come.</summary>
public sealed record ResourceState(TaskResource Resource, ResourceStatus Status)
{
    public string Key => Resource.Key;

    /// <summary>As it is after a restart of the agent: what was in its memory is gone.</summary>
    public ResourceState Recovered() => Resource.IsVolatile && Status == ResourceStatus.Created
        ? this with { Status = ResourceStatus.None }
        : this;
}
