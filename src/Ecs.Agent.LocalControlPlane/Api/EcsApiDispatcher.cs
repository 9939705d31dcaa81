using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Api;

/// <summary>Finds the operation a request names, reads its input and writes its output.</summary>
internal sealed class EcsApiDispatcher
{
    private readonly FrozenDictionary<string, Func<ReadOnlyMemory<byte>, byte[]>> _operations;

    public EcsApiDispatcher(EcsApi api)
    {
        var json = EcsApiJsonContext.Default;
        _operations = new Dictionary<string, Func<ReadOnlyMemory<byte>, byte[]>>(StringComparer.Ordinal)
        {
            [nameof(api.CreateCluster)] = Operation(json.CreateClusterRequest, api.CreateCluster, json.CreateClusterResponse),
            [nameof(api.DescribeClusters)] = Operation(json.DescribeClustersRequest, api.DescribeClusters, json.DescribeClustersResponse),
            [nameof(api.ListClusters)] = Operation(json.ListClustersRequest, api.ListClusters, json.ListClustersResponse),
            [nameof(api.RegisterTaskDefinition)] =
                Operation(json.RegisterTaskDefinitionRequest, api.RegisterTaskDefinition, json.RegisterTaskDefinitionResponse),
            [nameof(api.DescribeTaskDefinition)] =
                Operation(json.DescribeTaskDefinitionRequest, api.DescribeTaskDefinition, json.DescribeTaskDefinitionResponse),
            [nameof(api.ListTaskDefinitions)] =
                Operation(json.ListTaskDefinitionsRequest, api.ListTaskDefinitions, json.ListTaskDefinitionsResponse),
            [nameof(api.DeregisterTaskDefinition)] =
                Operation(json.DeregisterTaskDefinitionRequest, api.DeregisterTaskDefinition, json.DeregisterTaskDefinitionResponse),
            [nameof(api.RunTask)] = Operation(json.RunTaskRequest, api.RunTask, json.RunTaskResponse),
            [nameof(api.StartTask)] = Operation(json.StartTaskRequest, api.StartTask, json.StartTaskResponse),
            [nameof(api.StopTask)] = Operation(json.StopTaskRequest, api.StopTask, json.StopTaskResponse),
            [nameof(api.DescribeTasks)] = Operation(json.DescribeTasksRequest, api.DescribeTasks, json.DescribeTasksResponse),
            [nameof(api.ListTasks)] = Operation(json.ListTasksRequest, api.ListTasks, json.ListTasksResponse),
            [nameof(api.ListContainerInstances)] =
                Operation(json.ListContainerInstancesRequest, api.ListContainerInstances, json.ListContainerInstancesResponse),
            [nameof(api.DescribeContainerInstances)] =
                Operation(json.DescribeContainerInstancesRequest, api.DescribeContainerInstances, json.DescribeContainerInstancesResponse),
            [nameof(api.DiscoverPollEndpoint)] =
                Operation(json.DiscoverPollEndpointRequest, api.DiscoverPollEndpoint, json.DiscoverPollEndpointResponse),
            [nameof(api.RegisterContainerInstance)] =
                Operation(json.RegisterContainerInstanceRequest, api.RegisterContainerInstance, json.RegisterContainerInstanceResponse),
            [nameof(api.SubmitTaskStateChange)] =
                Operation(json.SubmitTaskStateChangeRequest, api.SubmitTaskStateChange, json.SubmitTaskStateChangeResponse),
            [nameof(api.SubmitContainerStateChange)] =
                Operation(json.SubmitContainerStateChangeRequest, api.SubmitContainerStateChange, json.SubmitContainerStateChangeResponse),
            [nameof(api.SubmitAttachmentStateChanges)] =
                Operation(
                    json.SubmitAttachmentStateChangesRequest,
                    api.SubmitAttachmentStateChanges,
                    json.SubmitAttachmentStateChangesResponse),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Carries a call out.</summary>
    /// <param name="operation">The operation's bare name.</param>
    /// <param name="body">The request as JSON; no bytes at all stand for an empty object.</param>
    /// <exception cref="EcsApiException">The call is refused.</exception>
    public byte[] Dispatch(string operation, ReadOnlyMemory<byte> body) =>
        _operations.TryGetValue(operation, out var carryOut)
            ? carryOut(body.IsEmpty ? "{}"u8.ToArray() : body)
            : throw new EcsApiException("UnknownOperationException", $"{operation} is not an operation of this control plane.");

    private static Func<ReadOnlyMemory<byte>, byte[]> Operation<TRequest, TResponse>(
        JsonTypeInfo<TRequest> input, Func<TRequest, TResponse> operation, JsonTypeInfo<TResponse> output) =>
        body => JsonSerializer.SerializeToUtf8Bytes(operation(Read(body, input)), output);

    // The reader's own text could quote the request, which may hold secrets; its place is enough to find the mistake.
    private static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> input)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, input)
                ?? throw new EcsApiException("SerializationException", "The request body must be a JSON object.");
        }
        catch (JsonException problem)
        {
            var place = problem.Path is { Length: > 1 } path ? path : $"byte {problem.BytePositionInLine} of line {problem.LineNumber + 1}";
            throw new EcsApiException("SerializationException", $"The request body cannot be read at {place}.");
        }
    }
}
