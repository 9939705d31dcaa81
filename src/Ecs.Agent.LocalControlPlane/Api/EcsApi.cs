using System.Diagnostics.CodeAnalysis;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.Families;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Api;

/// <summary>
/// The operations of the ECS API, for callers in this process; HTTP callers get the same. All are safe to call from any thread, none blocks
/// on I/O, and a refused call throws <see cref="EcsApiException"/> with ECS's code and text.
/// </summary>
public sealed class EcsApi
{
    private readonly ClusterOperations _clusters;
    private readonly TaskDefinitionOperations _definitions;
    private readonly ContainerInstanceOperations _instances;
    private readonly TaskOperations _tasks;
    private readonly StateChangeOperations _changes;
    private readonly Func<Uri> _endpoint;

    internal EcsApi(ControlPlaneStore store, LocalControlPlaneOptions options, TimeProvider time, Func<Guid> newId, Func<Uri> endpoint)
    {
        var names = new ResourceNames(options.Region, options.AccountId);
        _clusters = new ClusterOperations(store, names);
        _definitions = new TaskDefinitionOperations(store, names, options, time);
        _instances = new ContainerInstanceOperations(store, names, time, newId);
        _tasks = new TaskOperations(store, names, options, time, newId);
        _changes = new StateChangeOperations(store, time);
        _endpoint = endpoint;
    }

    /// <summary>Creating a cluster that exists is success and changes nothing.</summary>
    public CreateClusterResponse CreateCluster(CreateClusterRequest request) => _clusters.Create(request);

    public DescribeClustersResponse DescribeClusters(DescribeClustersRequest request) => _clusters.Describe(request);

    public ListClustersResponse ListClusters(ListClustersRequest request) => _clusters.List(request);

    /// <summary>Refuses a definition with all its mistakes at once, one per line.</summary>
    public RegisterTaskDefinitionResponse RegisterTaskDefinition(RegisterTaskDefinitionRequest request) => _definitions.Register(request);

    public DescribeTaskDefinitionResponse DescribeTaskDefinition(DescribeTaskDefinitionRequest request) => _definitions.Describe(request);

    public ListTaskDefinitionsResponse ListTaskDefinitions(ListTaskDefinitionsRequest request) => _definitions.List(request);

    public DeregisterTaskDefinitionResponse DeregisterTaskDefinition(DeregisterTaskDefinitionRequest request) =>
        _definitions.Deregister(request);

    /// <summary>Places up to 10 tasks on connected instances that fit; what could not be placed comes back as failures.</summary>
    public RunTaskResponse RunTask(RunTaskRequest request) => _tasks.Run(request);

    /// <summary>Places one task on each named instance that fits.</summary>
    public StartTaskResponse StartTask(StartTaskRequest request) => _tasks.Start(request);

    /// <summary>Asks for the task to be stopped; it is STOPPED once its agent says so.</summary>
    public StopTaskResponse StopTask(StopTaskRequest request) => _tasks.Stop(request);

    public DescribeTasksResponse DescribeTasks(DescribeTasksRequest request) => _tasks.Describe(request);

    /// <summary>Tasks whose desired status is RUNNING unless another is asked for.</summary>
    public ListTasksResponse ListTasks(ListTasksRequest request) => _tasks.List(request);

    public ListContainerInstancesResponse ListContainerInstances(ListContainerInstancesRequest request) => _instances.List(request);

    public DescribeContainerInstancesResponse DescribeContainerInstances(DescribeContainerInstancesRequest request) =>
        _instances.Describe(request);

    /// <summary>Tells an agent where its two websockets are.</summary>
    public DiscoverPollEndpointResponse DiscoverPollEndpoint(DiscoverPollEndpointRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new DiscoverPollEndpointResponse
        {
            Endpoint = new Uri(_endpoint(), "acs/").AbsoluteUri,
            TelemetryEndpoint = new Uri(_endpoint(), "tcs/").AbsoluteUri,
        };
    }

    /// <summary>The same client token gives the same instance; a given ARN is registered again.</summary>
    public RegisterContainerInstanceResponse RegisterContainerInstance(RegisterContainerInstanceRequest request) =>
        _instances.Register(request);

    public SubmitTaskStateChangeResponse SubmitTaskStateChange(SubmitTaskStateChangeRequest request) => _changes.Submit(request);

    public SubmitContainerStateChangeResponse SubmitContainerStateChange(SubmitContainerStateChangeRequest request) =>
        _changes.Submit(request);

    [SuppressMessage("Performance", "CA1822", Justification = "An operation like the others, even while it changes nothing.")]
    public SubmitAttachmentStateChangesResponse SubmitAttachmentStateChanges(SubmitAttachmentStateChangesRequest request) =>
        StateChangeOperations.Submit(request);
}
