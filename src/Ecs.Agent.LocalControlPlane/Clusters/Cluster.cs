using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Clusters;

/// <summary>A cluster: the scope in which instances register and tasks are placed.</summary>
internal sealed record Cluster(string Name, string Arn, long Ordinal)
{
    public ImmutableArray<Tag> Tags { get; init; } = [];

    public ImmutableArray<ClusterSetting> Settings { get; init; } = [];

    public ClusterConfiguration? Configuration { get; init; }

    public ClusterServiceConnectDefaults? ServiceConnectDefaults { get; init; }
}
