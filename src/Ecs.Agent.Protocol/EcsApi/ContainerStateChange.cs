namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ContainerStateChange</c>.</summary>
public sealed record ContainerStateChange
{
    public string? ContainerName { get; init; }

    public string? ImageDigest { get; init; }

    public string? RuntimeId { get; init; }

    public int? ExitCode { get; init; }

    public IReadOnlyList<NetworkBinding>? NetworkBindings { get; init; }

    public string? Reason { get; init; }

    public string? Status { get; init; }
}
