using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>Docker's answers, as far as they are read. Members that are not named here are skipped without being materialised.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(InfoAnswer))]
[JsonSerializable(typeof(CreatedContainer))]
[JsonSerializable(typeof(InspectedContainer))]
[JsonSerializable(typeof(InspectedIdentity))]
[JsonSerializable(typeof(InspectedImage))]
[JsonSerializable(typeof(DistributionAnswer))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(RegistryAuth))]
[JsonSerializable(typeof(IReadOnlyList<ListedContainer>))]
[JsonSerializable(typeof(IReadOnlyList<ListedPlugin>))]
internal sealed partial class DockerJson : JsonSerializerContext;
