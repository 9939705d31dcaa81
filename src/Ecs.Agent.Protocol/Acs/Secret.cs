namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>Secret</c>.</summary>
public sealed record Secret
{
    public string? ContainerPath { get; init; }

    public string? Name { get; init; }

    /// <summary>One of <c>ssm</c>, <c>asm</c>.</summary>
    public string? Provider { get; init; }

    public string? Region { get; init; }

    /// <summary>One of <c>CONTAINER</c>, <c>LOG_DRIVER</c>.</summary>
    public string? Target { get; init; }

    /// <summary>One of <c>ENVIRONMENT_VARIABLE</c>, <c>MOUNT_POINT</c>, <c>BOOTSTRAP</c>.</summary>
    public string? Type { get; init; }

    public string? ValueFrom { get; init; }
}
