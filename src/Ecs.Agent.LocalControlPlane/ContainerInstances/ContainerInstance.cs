using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.Acs;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.ContainerInstances;

/// <summary>A registered agent: its machine's resources, its attributes, its connection and what it still has to be told.</summary>
internal sealed record ContainerInstance
{
    public const string AvailabilityZoneAttribute = "ecs.availability-zone";

    public required string Arn { get; init; }

    public required string ClusterArn { get; init; }

    public required long Ordinal { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>The token of the registration that made it: the same token again means the same instance.</summary>
    public string? ClientToken { get; init; }

    public string? Ec2InstanceId { get; init; }

    public required ImmutableArray<EcsAttribute> Attributes { get; init; }

    public required HostResources Registered { get; init; }

    public required HostResources Remaining { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public VersionInfo VersionInfo { get; init; } = new();

    /// <summary>Counts every change that a caller can see, from 1.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The ACS connection that speaks for it; null while the agent is away. A newer connection replaces an older one.</summary>
    public Guid? ConnectionId { get; init; }

    /// <summary>When the connection last came or went.</summary>
    public DateTimeOffset? ConnectivityAt { get; init; }

    /// <summary>What the agent has not acknowledged yet.</summary>
    public PayloadQueue Payloads { get; init; } = PayloadQueue.Empty;

    /// <summary>The number of the last message to this agent. It starts from the clock: an agent that remembers an earlier life of this
    /// control plane discards manifests that do not count on.</summary>
    public required int Sequence { get; init; }

    public bool IsConnected => ConnectionId is not null;

    public string? AvailabilityZone => Attribute(AvailabilityZoneAttribute)?.Value;

    public EcsAttribute? Architecture => Attribute("ecs.cpu-architecture");

    public EcsAttribute? Attribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);

    public ContainerInstance Take(ResourceNeeds needs) => this with { Remaining = Remaining.Less(needs), Version = Version + 1 };

    public ContainerInstance Release(ResourceNeeds needs) => this with { Remaining = Remaining.Plus(needs), Version = Version + 1 };
}
