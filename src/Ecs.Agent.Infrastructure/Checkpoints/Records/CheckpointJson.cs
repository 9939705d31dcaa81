using System.Text.Json.Serialization;
using Ecs.Agent.Application.Registration;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>How records are written. Members that are not known are left unread: a newer agent may have written them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TaskDefinitionRecord))]
[JsonSerializable(typeof(TaskStateRecord))]
[JsonSerializable(typeof(ContainerStateRecord))]
[JsonSerializable(typeof(SavedIdentity))]
[JsonSerializable(typeof(PendingRegistration))]
[JsonSerializable(typeof(IdentityRecord))]
[JsonSerializable(typeof(ImageStateRecord))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
