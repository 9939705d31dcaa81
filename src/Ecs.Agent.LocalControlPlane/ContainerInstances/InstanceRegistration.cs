using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.ContainerInstances;

/// <summary>What a registration makes of the state. Pure.</summary>
internal static class InstanceRegistration
{
    // Agents keep the number of the last manifest over restarts, this control plane keeps nothing: counting seconds since 2020 stays
    // ahead of any earlier life that sent less than one message a second, and stays within 32 bits until 2088.
    private static readonly DateTimeOffset SequenceEpoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="state">The state before.</param>
    /// <param name="cluster">The cluster the agent named.</param>
    /// <param name="request">The agent's registration.</param>
    /// <param name="newArn">The ARN for an instance that is really new.</param>
    /// <param name="defaultZone">The availability zone of a machine that names none.</param>
    /// <param name="now">The time of registration.</param>
    public static (ControlPlaneState State, ContainerInstance Instance) Register(
        ControlPlaneState state,
        Cluster cluster,
        RegisterContainerInstanceRequest request,
        string newArn,
        string defaultZone,
        DateTimeOffset now)
    {
        var identity = IdentityDocument.Read(request.InstanceIdentityDocument);
        var zone = identity.AvailabilityZone ?? defaultZone;
        var known = Known(state, cluster, request);
        var registered = HostResources.From(request.TotalResources, request.PlatformDevices);
        var instance = known is null
            ? New(state, cluster, request, registered, newArn, zone, now)
            : Again(state, known, request, registered, zone);
        instance = instance with { Ec2InstanceId = identity.InstanceId ?? instance.Ec2InstanceId };
        return (state.With(instance) with { NextOrdinal = state.NextOrdinal + 1 }, instance);
    }

    private static ContainerInstance? Known(ControlPlaneState state, Cluster cluster, RegisterContainerInstanceRequest request) =>
        request.ContainerInstanceArn is { Length: > 0 } arn
            ? state.FindInstance(arn)
            : state.InstancesOf(cluster)
                .FirstOrDefault(instance => instance.ClientToken is not null && instance.ClientToken == request.ClientToken);

    // An agent may name an ARN of an earlier life of this control plane: it stays the instance it believes to be.
    private static ContainerInstance New(
        ControlPlaneState state,
        Cluster cluster,
        RegisterContainerInstanceRequest request,
        HostResources registered,
        string newArn,
        string zone,
        DateTimeOffset now) => new()
        {
            Arn = request.ContainerInstanceArn is { Length: > 0 } arn ? arn : newArn,
            ClusterArn = cluster.Arn,
            Ordinal = state.NextOrdinal,
            RegisteredAt = now,
            ClientToken = request.ClientToken,
            Attributes = Attributes(request.Attributes, [], zone),
            Registered = registered,
            Remaining = registered,
            Tags = [.. request.Tags ?? []],
            VersionInfo = request.VersionInfo ?? new VersionInfo(),
            Sequence = (int)(now - SequenceEpoch).TotalSeconds,
        };

    private static ContainerInstance Again(
        ControlPlaneState state,
        ContainerInstance known,
        RegisterContainerInstanceRequest request,
        HostResources registered,
        string zone) => known with
        {
            ClientToken = request.ClientToken,
            Attributes = Attributes(request.Attributes, known.Attributes, zone),
            Registered = registered,
            Remaining = state.TasksOn(known).Where(task => !task.IsStopped).Aggregate(registered, (left, task) => left.Less(task.Needs)),
            Tags = request.Tags is null ? known.Tags : [.. request.Tags],
            Version = known.Version + 1,
        };

    // Requested attributes come back unchanged, which agents check. A re-registration leaves custom attributes out; they stay.
    private static ImmutableArray<EcsAttribute> Attributes(
        IReadOnlyList<EcsAttribute>? requested, ImmutableArray<EcsAttribute> known, string zone)
    {
        var given = requested ?? [];
        var names = given.Select(attribute => attribute.Name).ToHashSet(StringComparer.Ordinal);
        var kept = known.Where(attribute => !names.Contains(attribute.Name) && !IsCapability(attribute.Name));
        var all = given.Concat(kept).ToImmutableArray();
        return all.Any(attribute => attribute.Name == ContainerInstance.AvailabilityZoneAttribute)
            ? all
            : all.Add(new EcsAttribute { Name = ContainerInstance.AvailabilityZoneAttribute, Value = zone });
    }

    private static bool IsCapability(string? name) =>
        name is not null
        && (name.StartsWith("ecs.capability.", StringComparison.Ordinal)
            || name.StartsWith("com.amazonaws.ecs.capability.", StringComparison.Ordinal));
}
