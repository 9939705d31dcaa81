using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Which other containers a container waits for: dependsOn, links and volumesFrom all order the start.</summary>
internal static class ContainerLinks
{
    /// <summary>The container that a link <c>name</c> or <c>name:alias</c> points to.</summary>
    public static string Target(string link) => link.Split(':', 2)[0];

    public static IEnumerable<string> Awaited(ContainerDefinition container) =>
        (container.DependsOn ?? []).Select(dependency => dependency.ContainerName)
            .Concat((container.Links ?? []).Select(Target))
            .Concat((container.VolumesFrom ?? []).Select(source => source.SourceContainer))
            .OfType<string>();
}
