using System.Text.Json.Serialization.Metadata;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>An operation of the ECS API with the shapes of its request and its response.</summary>
internal sealed record EcsOperation<TRequest, TResponse>(
    string Name, JsonTypeInfo<TRequest> Request, JsonTypeInfo<TResponse> Response);
