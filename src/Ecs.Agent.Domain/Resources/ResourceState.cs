namespace Ecs.Agent.Domain.Resources;

/// <summary>A resource of a task, and how far it has come.</summary>
public sealed record ResourceState(TaskResource Resource, ResourceStatus Status)
{
    public string Key => Resource.Key;
}
