using System.Globalization;
using System.Text.RegularExpressions;
using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Clusters;

/// <summary>CreateCluster, DescribeClusters, ListClusters.</summary>
internal sealed partial class ClusterOperations(ControlPlaneStore store, ResourceNames names)
{
    private const int DescribeLimit = 100;
    private static readonly string[] LaunchTypes = ["EC2", "FARGATE", "EXTERNAL"];

    public CreateClusterResponse Create(CreateClusterRequest request)
    {
        var name = string.IsNullOrEmpty(request.ClusterName) ? ClusterLookup.Default : request.ClusterName;
        if (!ClusterName().IsMatch(name))
        {
            throw EcsErrors.InvalidParameter("Invalid cluster name: 1 to 255 letters, digits, hyphens and underscores are allowed.");
        }

        var cluster = store.Update(state => Create(state, request, name));
        return new CreateClusterResponse { Cluster = Describe(store.Current, cluster, ["TAGS", "SETTINGS", "CONFIGURATIONS"]) };
    }

    public DescribeClustersResponse Describe(DescribeClustersRequest request)
    {
        IReadOnlyList<string> wanted = request.Clusters is { Count: > 0 } given ? given : [ClusterLookup.Default];
        if (wanted.Count > DescribeLimit)
        {
            throw EcsErrors.TooMany("clusters", DescribeLimit);
        }

        var state = store.Current;
        var wantedNames = wanted.Select(ClusterLookup.NameOf).Distinct().ToList();
        var found = wantedNames.Select(state.FindCluster).OfType<Cluster>();
        var missing = wantedNames.Where(name => state.FindCluster(name) is null);
        return new DescribeClustersResponse
        {
            Clusters = [.. found.Select(cluster => Describe(state, cluster, request.Include ?? []))],
            Failures = [.. missing.Select(name => new Failure { Arn = names.Cluster(name), Reason = "MISSING" })],
        };
    }

    public ListClustersResponse List(ListClustersRequest request)
    {
        var arns = store.Current.Clusters.Values.OrderBy(cluster => cluster.Ordinal).Select(cluster => cluster.Arn);
        var (page, next) = Paging.Of(arns, request.NextToken, request.MaxResults);
        return new ListClustersResponse { ClusterArns = page, NextToken = next };
    }

    // Creating a cluster that exists is success and changes nothing.
    private (ControlPlaneState State, Cluster Cluster) Create(ControlPlaneState state, CreateClusterRequest request, string name)
    {
        if (state.Clusters.TryGetValue(name, out var existing))
        {
            return (state, existing);
        }

        var cluster = new Cluster(name, names.Cluster(name), state.NextOrdinal)
        {
            Tags = [.. request.Tags ?? []],
            Settings = [.. request.Settings ?? [new ClusterSetting { Name = "containerInsights", Value = "disabled" }]],
            Configuration = request.Configuration,
            ServiceConnectDefaults = request.ServiceConnectDefaults is { } defaults
                ? new ClusterServiceConnectDefaults { Namespace = defaults.Namespace }
                : null,
        };
        return (state.With(cluster) with { NextOrdinal = state.NextOrdinal + 1 }, cluster);
    }

    private static ClusterDescription Describe(ControlPlaneState state, Cluster cluster, IReadOnlyList<string> include)
    {
        var tasks = state.TasksOf(cluster).ToList();
        return new ClusterDescription
        {
            ClusterArn = cluster.Arn,
            ClusterName = cluster.Name,
            Configuration = include.Contains("CONFIGURATIONS") ? cluster.Configuration : null,
            Status = "ACTIVE",
            RegisteredContainerInstancesCount = state.InstancesOf(cluster).Count(),
            RunningTasksCount = tasks.Count(task => task.Status is TaskLifecycle.Running),
            PendingTasksCount = tasks.Count(task => task.Status < TaskLifecycle.Running),
            ActiveServicesCount = 0,
            Statistics = include.Contains("STATISTICS") ? Statistics(tasks) : [],
            Tags = include.Contains("TAGS") ? cluster.Tags : [],
            Settings = include.Contains("SETTINGS") ? cluster.Settings : [],
            CapacityProviders = [],
            DefaultCapacityProviderStrategy = [],
            ServiceConnectDefaults = cluster.ServiceConnectDefaults,
        };
    }

    private static IReadOnlyList<NameValuePair> Statistics(IReadOnlyList<PlacedTask> tasks) =>
    [
        .. from launchType in LaunchTypes
           let shown = launchType == "EC2" ? launchType : launchType[..1] + launchType[1..].ToLowerInvariant()
           let ofType = tasks.Where(task => task.LaunchType == launchType).ToList()
           from counted in new[]
           {
               (Name: $"running{shown}TasksCount", Count: ofType.Count(task => task.Status is TaskLifecycle.Running)),
               (Name: $"pending{shown}TasksCount", Count: ofType.Count(task => task.Status < TaskLifecycle.Running)),
           }
           select new NameValuePair { Name = counted.Name, Value = counted.Count.ToString(CultureInfo.InvariantCulture) },
    ];

    [GeneratedRegex("^[A-Za-z0-9_-]{1,255}$")]
    private static partial Regex ClusterName();
}
