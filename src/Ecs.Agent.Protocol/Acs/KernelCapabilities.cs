namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>KernelCapabilities</c>.</summary>
public sealed record KernelCapabilities
{
    public IReadOnlyList<string>? Add { get; init; }

    public IReadOnlyList<string>? Drop { get; init; }
}
