using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;

/// <summary>
/// <c>awsvpc</c> becomes <c>bridge</c>. A task network interface shows every container port under its own number; on the bridge the
/// same is had by publishing each port on the same port of this machine. What it cannot give is the shared <c>localhost</c>.
/// </summary>
internal static class NetworkAdaptation
{
    public static TaskDefinition Apply(TaskDefinition definition, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (definition.NetworkMode != "awsvpc")
        {
            return definition;
        }

        var containers = definition.ContainerDefinitions ?? [];
        notes.Add(new AdaptationNote("networkMode", "awsvpc runs as bridge: container ports are published on the same ports of this machine"
            + (containers.Count > 1 ? "; containers do not share localhost and reach each other through those published ports." : ".")));
        return definition with
        {
            NetworkMode = "bridge",
            RequiresCompatibilities = definition.RequiresCompatibilities is null ? null : ["EC2"],
            ContainerDefinitions = [.. containers.Select(OnBridge)],
        };
    }

    private static ContainerDefinition OnBridge(ContainerDefinition container) => container with
    {
        PortMappings = [.. (container.PortMappings ?? []).Select(mapping =>
            mapping.ContainerPort is { } port ? mapping with { HostPort = port } : mapping)],
    };
}
