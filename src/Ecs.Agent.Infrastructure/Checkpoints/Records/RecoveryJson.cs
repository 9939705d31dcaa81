using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>As <see cref="CheckpointJson"/>, and short: what has its default is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RecoveryRecord))]
internal sealed partial class RecoveryJson : JsonSerializerContext;
