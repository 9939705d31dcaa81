namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>LinuxParameters</c>.</summary>
public sealed record LinuxParameters
{
    public KernelCapabilities? Capabilities { get; init; }

    public IReadOnlyList<Device>? Devices { get; init; }

    public bool? InitProcessEnabled { get; init; }

    public int? SharedMemorySize { get; init; }
}
