using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>References between the parts of a task: dependsOn, links, volumesFrom, mountPoints.</summary>
internal static class DependencyRules
{
    public static void Check(ContainerRules rules)
    {
        foreach (var (index, dependency) in (rules.Container.DependsOn ?? []).Index())
        {
            CheckDependency(rules, dependency, index);
        }

        CheckLinks(rules);
        CheckVolumesFrom(rules);
        CheckMountPoints(rules);
    }

    /// <summary>Names the circles in which containers wait for each other, those that share a container once.</summary>
    public static void CheckCycles(DefinitionRules rules)
    {
        var finished = new HashSet<string>();
        foreach (var (index, container) in rules.Containers.Index())
        {
            if (container.Name is { } name && Cycle(rules, name, [], finished) is { } cycle)
            {
                rules.Add(JsonPath.Container(index, "dependsOn"), $"Dependency cycle between containers: {string.Join(" -> ", cycle)}.");
                finished.UnionWith(cycle);
                finished.Add(name);
            }
        }
    }

    private static ImmutableList<string>? Cycle(DefinitionRules rules, string name, ImmutableList<string> path, HashSet<string> finished)
    {
        var seen = path.IndexOf(name);
        if (seen >= 0)
        {
            return path.RemoveRange(0, seen).Add(name);
        }

        if (finished.Contains(name) || rules.Container(name) is not { } container)
        {
            return null;
        }

        foreach (var awaited in ContainerLinks.Awaited(container))
        {
            if (Cycle(rules, awaited, path.Add(name), finished) is { } cycle)
            {
                return cycle;
            }
        }

        finished.Add(name);
        return null;
    }

    private static void CheckDependency(ContainerRules rules, ContainerDependency dependency, int index)
    {
        if (rules.Definition.Container(dependency.ContainerName) is not { } target)
        {
            rules.Definition.Add(rules.Path("dependsOn", index, "containerName"),
                $"Cannot depend on container + '{dependency.ContainerName}' because it does not exist");
            return;
        }

        var path = rules.Path("dependsOn", index, "condition");
        if (dependency.Condition is "SUCCESS" or "COMPLETE" && target.Essential != false)
        {
            rules.Definition.Add(path, "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container."
                + $" '{target.Name}' is essential.");
        }

        if (dependency.Condition == "HEALTHY" && target.HealthCheck is null)
        {
            rules.Definition.Add(path, $"A dependency container with HEALTHY condition must have a healthCheck. '{target.Name}' has none.");
        }
    }

    private static void CheckLinks(ContainerRules rules)
    {
        var links = rules.Container.Links ?? [];
        if (links.Count > 0 && rules.Definition.NetworkMode != "bridge")
        {
            rules.Add("links", $"Links are not supported when networkMode={rules.Definition.NetworkMode}.");
        }

        foreach (var (index, link) in links.Index())
        {
            var target = ContainerLinks.Target(link);
            if (link.Count(c => c == ':') > 1)
            {
                rules.Definition.Add(rules.Path("links", index), $"Invalid link '{link}': must be container or container:alias.");
            }
            else if (rules.Definition.Container(target) is null)
            {
                rules.Definition.Add(rules.Path("links", index), $"Link to container '{target}', which is not in the task definition.");
            }
        }
    }

    private static void CheckVolumesFrom(ContainerRules rules)
    {
        foreach (var (index, source) in (rules.Container.VolumesFrom ?? []).Index())
        {
            if (rules.Definition.Container(source.SourceContainer) is null)
            {
                rules.Definition.Add(rules.Path("volumesFrom", index, "sourceContainer"),
                    $"Volumes from container '{source.SourceContainer}', which is not in the task definition.");
            }
        }
    }

    private static void CheckMountPoints(ContainerRules rules)
    {
        foreach (var (index, mount) in (rules.Container.MountPoints ?? []).Index())
        {
            if (string.IsNullOrEmpty(mount.SourceVolume) || rules.Definition.Volumes.All(v => v.Name != mount.SourceVolume))
            {
                rules.Definition.Add(rules.Path("mountPoints", index, "sourceVolume"), $"Unknown volume '{mount.SourceVolume}'.");
            }

            rules.Definition.NotEmpty(rules.Path("mountPoints", index, "containerPath"), mount.ContainerPath, "MountPoint.containerPath");
        }
    }
}
