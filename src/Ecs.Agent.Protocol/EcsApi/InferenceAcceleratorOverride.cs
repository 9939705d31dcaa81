namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>InferenceAcceleratorOverride</c>.</summary>
public sealed record InferenceAcceleratorOverride
{
    public string? DeviceName { get; init; }

    public string? DeviceType { get; init; }
}
