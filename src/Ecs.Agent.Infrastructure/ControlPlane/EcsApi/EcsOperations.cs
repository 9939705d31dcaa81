using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>The operations that the agent calls.</summary>
internal static class EcsOperations
{
    private static readonly EcsApiJsonContext Json = EcsApiJsonContext.Default;

    public static AwsOperation<RegisterContainerInstanceRequest, RegisterContainerInstanceResponse> RegisterContainerInstance { get; } =
        new("RegisterContainerInstance", Json.RegisterContainerInstanceRequest, Json.RegisterContainerInstanceResponse);

    public static AwsOperation<CreateClusterRequest, CreateClusterResponse> CreateCluster { get; } =
        new("CreateCluster", Json.CreateClusterRequest, Json.CreateClusterResponse);

    public static AwsOperation<DiscoverPollEndpointRequest, DiscoverPollEndpointResponse> DiscoverPollEndpoint { get; } =
        new("DiscoverPollEndpoint", Json.DiscoverPollEndpointRequest, Json.DiscoverPollEndpointResponse);

    public static AwsOperation<SubmitTaskStateChangeRequest, SubmitTaskStateChangeResponse> SubmitTaskStateChange { get; } =
        new("SubmitTaskStateChange", Json.SubmitTaskStateChangeRequest, Json.SubmitTaskStateChangeResponse);
}
