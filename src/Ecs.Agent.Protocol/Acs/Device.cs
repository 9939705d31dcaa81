namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>Device</c>.</summary>
public sealed record Device
{
    public string? ContainerPath { get; init; }

    /// <summary>Required.</summary>
    public string? HostPath { get; init; }

    public IReadOnlyList<string>? Permissions { get; init; }
}
