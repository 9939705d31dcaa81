using System.Text.Json.Serialization.Metadata;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>An operation of a service that speaks AWS JSON 1.1, with the shapes of its request and its response.</summary>
internal sealed record AwsOperation<TRequest, TResponse>(
    string Name, JsonTypeInfo<TRequest> Request, JsonTypeInfo<TResponse> Response);
