using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Resources;

namespace Ecs.Agent.Domain.Tasks;

/// <content>How a task comes back whose saved state is gone.</content>
public sealed partial record EcsTask
{
    /// <summary>
    /// The task as its containers tell of it. Nothing is believed of them but that they exist: each is looked at before anything is done. What
    /// the control plane knows is not known either, so it will be told everything again. A container that was not created yet never will be,
    /// because what it should have been given is gone with the state.
    /// </summary>
    /// <param name="definition">What the labels say of the task. Without environment and without Docker configuration.</param>
    /// <param name="found">The task's containers, by their names in the task.</param>
    /// <param name="nameSuffix">As for <see cref="Admit"/>, for containers that were never made.</param>
    /// <param name="at">Now.</param>
    public static EcsTask Rebuild(
        TaskDefinition definition, IReadOnlyDictionary<string, FoundContainer> found, Func<string> nameSuffix, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(found);
        var admitted = Admit(definition, nameSuffix, at, hasCgroup: true);
        var task = admitted with
        {
            HostResources = HostResourceClaim.Held,
            Resources = [.. admitted.Resources.Select(r => r with { Status = ResourceStatus.Created })],
            Containers = [.. admitted.Containers.Select(c => found.TryGetValue(c.Name, out var f) ? c.Found(f, at) : c.NotThere(at))],
        };
        return task.Derive(at);
    }
}
