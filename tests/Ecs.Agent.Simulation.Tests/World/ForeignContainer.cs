using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>A container that is none of the agent's business.</summary>
internal sealed record ForeignContainer(string Id, string ImageId, bool Runs)
{
    public DateTimeOffset CreatedAt { get; } = VirtualClock.Epoch - TimeSpan.FromHours(2);

    public DateTimeOffset? EndedAt { get; } = Runs ? null : VirtualClock.Epoch - TimeSpan.FromSeconds(20);

    public HostContainer List() => new(Id, $"foreign-{Id[^1]}", ImageId, Runs ? "running" : "exited", CreatedAt);
}
