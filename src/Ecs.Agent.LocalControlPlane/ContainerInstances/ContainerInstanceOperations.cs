using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.LocalControlPlane.Placement.Queries;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.ContainerInstances;

/// <summary>RegisterContainerInstance, ListContainerInstances, DescribeContainerInstances.</summary>
internal sealed class ContainerInstanceOperations(ControlPlaneStore store, ResourceNames names, TimeProvider time, Func<Guid> newId)
{
    private const int DescribeLimit = 100;
    private static readonly string[] Statuses = ["ACTIVE", "DRAINING", "REGISTERING", "DEREGISTERING", "REGISTRATION_FAILED"];

    public RegisterContainerInstanceResponse Register(RegisterContainerInstanceRequest request)
    {
        var instance = store.Update(state =>
        {
            var cluster = state.FindCluster(request.Cluster) ?? throw EcsErrors.ClusterNotFoundAtRegistration();
            CheckOwnArn(cluster, request.ContainerInstanceArn);
            return InstanceRegistration.Register(
                state, cluster, request, names.ContainerInstance(cluster.Name, newId()), $"{names.Region}a", time.GetUtcNow());
        });
        return new RegisterContainerInstanceResponse
        {
            ContainerInstance = ContainerInstanceView.Describe(store.Current, instance, withTags: true),
        };
    }

    public ListContainerInstancesResponse List(ListContainerInstancesRequest request)
    {
        var state = store.Current;
        var cluster = state.GetCluster(request.Cluster);
        var status = request.Status ?? ContainerInstanceView.Active;
        if (!Statuses.Contains(status))
        {
            throw EcsErrors.InvalidParameter($"status must be one of {string.Join(", ", Statuses)}.");
        }

        var filter = Filter(request.Filter);
        var arns = state.InstancesOf(cluster)
            .Where(_ => status == ContainerInstanceView.Active)
            .Where(instance => filter is null || filter.Matches(Candidate.Of(state, instance)))
            .Select(instance => instance.Arn);
        var (page, next) = Paging.Of(arns, request.NextToken, request.MaxResults);
        return new ListContainerInstancesResponse { ContainerInstanceArns = page, NextToken = next };
    }

    public DescribeContainerInstancesResponse Describe(DescribeContainerInstancesRequest request)
    {
        var wanted = request.ContainerInstances ?? [];
        var state = store.Current;
        var cluster = state.GetCluster(request.Cluster);
        if (wanted.Count == 0)
        {
            throw EcsErrors.Empty("Container instances");
        }

        if (wanted.Count > DescribeLimit)
        {
            throw EcsErrors.TooMany("instanceIds", DescribeLimit);
        }

        var withTags = request.Include?.Contains("TAGS") == true;
        var arns = wanted.Select(instance => names.Identify("container-instance", cluster, instance)).Distinct().ToList();
        return new DescribeContainerInstancesResponse
        {
            ContainerInstances =
            [
                .. arns.Select(state.FindInstance).OfType<ContainerInstance>()
                    .Select(instance => ContainerInstanceView.Describe(state, instance, withTags)),
            ],
            Failures = [.. arns.Where(arn => state.FindInstance(arn) is null).Select(arn => new Failure { Arn = arn, Reason = "MISSING" })],
        };
    }

    private void CheckOwnArn(Cluster cluster, string? arn)
    {
        if (!string.IsNullOrEmpty(arn) && (!ResourceNames.IsArn(arn) || names.Identify("container-instance", cluster, arn) != arn))
        {
            throw EcsErrors.InvalidParameter("containerInstanceArn must be the ARN of a container instance.");
        }
    }

    private static ClusterQuery? Filter(string? expression)
    {
        try
        {
            return string.IsNullOrWhiteSpace(expression) ? null : ClusterQuery.Parse(expression);
        }
        catch (FormatException problem)
        {
            throw EcsErrors.InvalidParameter($"Invalid filter '{expression}': {problem.Message}");
        }
    }
}
