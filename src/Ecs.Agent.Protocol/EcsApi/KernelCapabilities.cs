namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>KernelCapabilities</c>.</summary>
public sealed record KernelCapabilities
{
    public IReadOnlyList<string>? Add { get; init; }

    public IReadOnlyList<string>? Drop { get; init; }
}
