using System.Text.Json.Nodes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>The ECS API refused a call.</summary>
internal sealed class EcsApiException(string operation, int status, JsonNode answer)
    : InvalidOperationException($"{operation}: {status} {answer.ToJsonString()}")
{
    /// <summary>Its message.</summary>
    public string Reason { get; } = (string?)answer["message"] ?? "";
}
