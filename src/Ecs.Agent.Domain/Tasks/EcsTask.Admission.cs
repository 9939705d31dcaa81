using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Resources;

namespace Ecs.Agent.Domain.Tasks;

/// <content>How a task comes to be.</content>
public sealed partial record EcsTask
{
    /// <summary>
    /// A task as it is taken on. The names that its containers will have in Docker are chosen here, once, so that each can be found again
    /// by name whatever happens during its creation.
    /// </summary>
    /// <param name="definition">What the control plane wants.</param>
    /// <param name="nameSuffix">Gives 20 fresh lower-case hexadecimal digits per call.</param>
    /// <param name="at">Now.</param>
    /// <param name="hasCgroup">Whether this machine puts the containers of a task into a control group.</param>
    public static EcsTask Admit(TaskDefinition definition, Func<string> nameSuffix, DateTimeOffset at, bool hasCgroup = false)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(nameSuffix);
        return new EcsTask
        {
            Definition = definition,
            Desired = EcsTaskStatus.Running,
            KnownSince = at,
            Containers =
            [
                .. definition.Containers.Select(c => new EcsContainer
                {
                    Definition = c,
                    DockerName = DockerNames.Container(definition.Family, definition.Version, c.Name, nameSuffix()),
                    Desired = ContainerStatus.Running,
                    KnownSince = at,
                }),
            ],
            Resources = [.. TaskResources.Of(definition, hasCgroup).Select(r => new ResourceState(r, ResourceStatus.None))],
            HostResources = CountsAgainstHost(definition) ? HostResourceClaim.Waiting : HostResourceClaim.Held,
        };
    }

    /// <summary>Fargate tasks bring their own machine.</summary>
    public static bool CountsAgainstHost(TaskDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return !string.Equals(definition.LaunchType, "FARGATE", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// A task that cannot be prepared: it is STOPPED from the start, and all that is ever said of it is <paramref name="reason"/>.
    /// </summary>
    public static EcsTask Refuse(TaskDefinition definition, string reason, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new EcsTask
        {
            Definition = definition with { Containers = [] },
            Containers = [],
            Desired = EcsTaskStatus.Stopped,
            Known = EcsTaskStatus.Stopped,
            KnownSince = at,
            StopCause = new StopCause.Refused(at),
            TerminalReason = reason,
            HostResources = HostResourceClaim.Released,
        };
    }
}
