using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Hosts;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(GpuInfo))]
internal sealed partial class GpuInfoJsonContext : JsonSerializerContext;
