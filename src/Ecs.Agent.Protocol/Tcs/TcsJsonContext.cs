using System.Text.Json.Serialization;

namespace Ecs.Agent.Protocol.Tcs;

/// <summary>Source-generated JSON for every TCS shape: camel-case members, null members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = true,
    Converters = [typeof(EpochSecondsConverter)])]
[JsonSerializable(typeof(AckPublishHealth))]
[JsonSerializable(typeof(AckPublishInstanceStatus))]
[JsonSerializable(typeof(AckPublishMetric))]
[JsonSerializable(typeof(CWStatsSet))]
[JsonSerializable(typeof(ContainerHealth))]
[JsonSerializable(typeof(ContainerMetric))]
[JsonSerializable(typeof(Dimension))]
[JsonSerializable(typeof(EphemeralStorageMetrics))]
[JsonSerializable(typeof(GeneralMetric))]
[JsonSerializable(typeof(GeneralMetricsWrapper))]
[JsonSerializable(typeof(HealthMetadata))]
[JsonSerializable(typeof(HeartbeatMessage))]
[JsonSerializable(typeof(InstanceMetrics))]
[JsonSerializable(typeof(InstanceStatus))]
[JsonSerializable(typeof(InstanceStatusMetadata))]
[JsonSerializable(typeof(InstanceStorageMetrics))]
[JsonSerializable(typeof(MetricsMetadata))]
[JsonSerializable(typeof(NetworkStatsSet))]
[JsonSerializable(typeof(PublishHealthRequest))]
[JsonSerializable(typeof(PublishInstanceStatusRequest))]
[JsonSerializable(typeof(PublishMetricsRequest))]
[JsonSerializable(typeof(RestartStatsSet))]
[JsonSerializable(typeof(StartTelemetrySessionRequest))]
[JsonSerializable(typeof(StopTelemetrySessionMessage))]
[JsonSerializable(typeof(StorageStatsSet))]
[JsonSerializable(typeof(TaskHealth))]
[JsonSerializable(typeof(TaskMetric))]
[JsonSerializable(typeof(UDoubleCWStatsSet))]
[JsonSerializable(typeof(ULongStatsSet))]
[JsonSerializable(typeof(VolumeMetric))]
public sealed partial class TcsJsonContext : JsonSerializerContext;
