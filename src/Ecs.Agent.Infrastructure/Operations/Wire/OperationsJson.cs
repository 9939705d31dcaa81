using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>The JSON of the operator's socket.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskListDocument))]
[JsonSerializable(typeof(ImmutableArray<TaskListDocument>))]
[JsonSerializable(typeof(TaskDocument))]
[JsonSerializable(typeof(RefusalDocument))]
public sealed partial class OperationsJson : JsonSerializerContext;
