using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.State;

namespace Ecs.Agent.LocalControlPlane.Clusters;

/// <summary>Finds the cluster that a call means, and what lives in it, by name, id or ARN.</summary>
internal static class ClusterLookup
{
    public const string Default = "default";

    /// <summary>The name in a name or an ARN; nothing given means <c>default</c>.</summary>
    public static string NameOf(string? cluster) => string.IsNullOrEmpty(cluster) ? Default : ResourceNames.LastSegment(cluster);

    public static Cluster? FindCluster(this ControlPlaneState state, string? cluster) => state.Clusters.GetValueOrDefault(NameOf(cluster));

    /// <exception cref="EcsApiException"><c>ClusterNotFoundException</c>.</exception>
    public static Cluster GetCluster(this ControlPlaneState state, string? cluster) =>
        state.FindCluster(cluster) ?? throw EcsErrors.ClusterNotFound();

    /// <summary>The full ARN of a task or an instance of this cluster, whichever way it was named.</summary>
    /// <exception cref="EcsApiException"><c>InvalidParameterException</c> when the ARN names another cluster.</exception>
    public static string Identify(this ResourceNames names, string kind, Cluster cluster, string idOrArn)
    {
        var arn = names.Expand(kind, cluster.Name, idOrArn);
        return ResourceNames.ClusterIn(arn) is { } other && other != cluster.Name ? throw EcsErrors.OtherCluster(other, cluster.Name) : arn;
    }
}
