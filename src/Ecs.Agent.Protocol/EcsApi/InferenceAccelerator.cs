namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>InferenceAccelerator</c>.</summary>
public sealed record InferenceAccelerator
{
    /// <summary>Required.</summary>
    public string? DeviceName { get; init; }

    /// <summary>Required.</summary>
    public string? DeviceType { get; init; }
}
