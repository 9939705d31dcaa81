using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>
/// How the containers of a task move on. The array comes back as the same instance when nothing changed, so that equality of tasks
/// stays meaningful.
/// </summary>
internal static class ContainerProgress
{
    /// <summary>Changes are applied in their order; one container may occur several times, and the last entry counts.</summary>
    public static ImmutableArray<PlacedContainer> Apply(
        ImmutableArray<PlacedContainer> containers,
        IReadOnlyList<ContainerStateChange> changes,
        IReadOnlyList<ManagedAgentStateChange> agents,
        DateTimeOffset now)
    {
        var next = changes.Aggregate(
            containers, (all, change) => Replace(all, change.ContainerName, container => Apply(container, change)));
        return agents.Aggregate(next, (all, agent) => Replace(all, agent.ContainerName, container => Apply(container, agent, now)));
    }

    public static ImmutableArray<PlacedContainer> ApplyHealth(
        ImmutableArray<PlacedContainer> containers, IReadOnlyDictionary<string, string> healthByContainer) =>
        healthByContainer.Aggregate(
            containers,
            (all, health) => Replace(all, health.Key, container => ApplyHealth(container, health.Value)));

    public static ImmutableArray<PlacedContainer> AllStopped(ImmutableArray<PlacedContainer> containers) =>
        containers.All(container => container.Status == ContainerLifecycle.Stopped)
            ? containers
            : [.. containers.Select(container => container with { Status = ContainerLifecycle.Stopped })];

    private static PlacedContainer ApplyHealth(PlacedContainer container, string health) =>
        container.HasHealthCheck ? container with { HealthStatus = health } : container;

    private static PlacedContainer Apply(PlacedContainer container, ContainerStateChange change)
    {
        var status = change.Status switch
        {
            "RUNNING" => ContainerLifecycle.Running,
            "STOPPED" => ContainerLifecycle.Stopped,
            _ => ContainerLifecycle.Pending,
        };
        return container with
        {
            Status = status > container.Status ? status : container.Status,
            RuntimeId = change.RuntimeId ?? container.RuntimeId,
            ImageDigest = change.ImageDigest ?? container.ImageDigest,
            ExitCode = change.ExitCode ?? container.ExitCode,
            Reason = string.IsNullOrEmpty(change.Reason) ? container.Reason : change.Reason,
            NetworkBindings = Bindings(container.NetworkBindings, change.NetworkBindings),
        };
    }

    private static PlacedContainer Apply(PlacedContainer container, ManagedAgentStateChange change, DateTimeOffset now)
    {
        var known = container.ManagedAgents.FirstOrDefault(agent => agent.Name == change.ManagedAgentName);
        var next = (known ?? new ManagedAgent { Name = change.ManagedAgentName }) with
        {
            LastStatus = change.Status,
            Reason = change.Reason,
            LastStartedAt = change.Status == "RUNNING" ? now : known?.LastStartedAt,
        };
        return known is null
            ? container with { ManagedAgents = container.ManagedAgents.Add(next) }
            : container with { ManagedAgents = container.ManagedAgents.Replace(known, next) };
    }

    private static ImmutableArray<NetworkBinding> Bindings(ImmutableArray<NetworkBinding> known, IReadOnlyList<NetworkBinding>? reported) =>
        reported is null || reported.SequenceEqual(known) ? known : [.. reported];

    private static ImmutableArray<PlacedContainer> Replace(
        ImmutableArray<PlacedContainer> containers, string? name, Func<PlacedContainer, PlacedContainer> change)
    {
        for (var index = 0; index < containers.Length; index++)
        {
            var container = containers[index];
            if (container.Name == name)
            {
                var next = change(container);
                return next == container ? containers : containers.SetItem(index, next);
            }
        }

        return containers;
    }
}
