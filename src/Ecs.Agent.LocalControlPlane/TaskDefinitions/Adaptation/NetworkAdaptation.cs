using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;

/// <summary>
/// <c>awsvpc</c> becomes <c>bridge</c>. A task network interface shows every container port under its own number; on the bridge the
/// same is had by publishing each port on the same port of this machine. What it cannot give is the shared <c>localhost</c>.
/// </summary>
internal static class NetworkAdaptation
{
    private const int AnyFreePort = 0;

    public static TaskDefinition Apply(TaskDefinition definition, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (definition.NetworkMode != "awsvpc")
        {
            return definition;
        }

        var containers = definition.ContainerDefinitions ?? [];
        notes.Add(new AdaptationNote("networkMode", Summary(definition, containers.Count)));
        var published = new HashSet<(int Port, string Protocol)>();
        return definition with
        {
            NetworkMode = "bridge",
            RequiresCompatibilities = definition.RequiresCompatibilities is null ? null : ["EC2"],
            ContainerDefinitions = [.. containers.Select((container, index) => OnBridge(container, index, published, notes))],
        };
    }

    private static string Summary(TaskDefinition definition, int containers)
    {
        var what = definition.RequiresCompatibilities?.Contains("FARGATE") == true ? "A Fargate task in awsvpc mode" : "awsvpc";
        return $"{what} runs as bridge on this machine: container ports are published on its ports of the same number"
            + (containers > 1 ? "; containers do not share localhost, they reach each other through the published ports." : ".");
    }

    private static ContainerDefinition OnBridge(
        ContainerDefinition container,
        int index,
        HashSet<(int Port, string Protocol)> published,
        ImmutableArray<AdaptationNote>.Builder notes) =>
        container with
        {
            PortMappings =
            [
                .. (container.PortMappings ?? []).Select((mapping, place) =>
                    Publish(mapping, JsonPath.Element(JsonPath.Container(index, "portMappings"), place), published, notes)),
            ],
        };

    private static PortMapping Publish(
        PortMapping mapping, string path, HashSet<(int Port, string Protocol)> published, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (mapping.ContainerPort is not { } port)
        {
            return mapping;
        }

        if (published.Add((port, mapping.Protocol ?? "tcp")))
        {
            return mapping with { HostPort = port };
        }

        notes.Add(new AdaptationNote(JsonPath.Member(path, "hostPort"),
            $"Port {port} is already published for another container of the task: any free port is used."));
        return mapping with { HostPort = AnyFreePort };
    }
}
