namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Container</c>.</summary>
public sealed record ContainerDescription
{
    public string? ContainerArn { get; init; }

    public string? TaskArn { get; init; }

    public string? Name { get; init; }

    public string? Image { get; init; }

    public string? ImageDigest { get; init; }

    public string? RuntimeId { get; init; }

    public string? LastStatus { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<NetworkBinding>? NetworkBindings { get; init; }

    public IReadOnlyList<NetworkInterface>? NetworkInterfaces { get; init; }

    /// <summary>One of <c>HEALTHY</c>, <c>UNHEALTHY</c>, <c>UNKNOWN</c>.</summary>
    public string? HealthStatus { get; init; }

    public IReadOnlyList<ManagedAgent>? ManagedAgents { get; init; }

    public string? Cpu { get; init; }

    public string? Memory { get; init; }

    public string? MemoryReservation { get; init; }

    public IReadOnlyList<string>? GpuIds { get; init; }
}
