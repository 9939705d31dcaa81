using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>The operations that the agent calls.</summary>
internal static class EcsOperations
{
    private static readonly EcsApiJsonContext Json = EcsApiJsonContext.Default;

    public static EcsOperation<RegisterContainerInstanceRequest, RegisterContainerInstanceResponse> RegisterContainerInstance { get; } =
        new("RegisterContainerInstance", Json.RegisterContainerInstanceRequest, Json.RegisterContainerInstanceResponse);

    public static EcsOperation<CreateClusterRequest, CreateClusterResponse> CreateCluster { get; } =
        new("CreateCluster", Json.CreateClusterRequest, Json.CreateClusterResponse);

    public static EcsOperation<DiscoverPollEndpointRequest, DiscoverPollEndpointResponse> DiscoverPollEndpoint { get; } =
        new("DiscoverPollEndpoint", Json.DiscoverPollEndpointRequest, Json.DiscoverPollEndpointResponse);

    public static EcsOperation<SubmitTaskStateChangeRequest, SubmitTaskStateChangeResponse> SubmitTaskStateChange { get; } =
        new("SubmitTaskStateChange", Json.SubmitTaskStateChangeRequest, Json.SubmitTaskStateChangeResponse);
}
