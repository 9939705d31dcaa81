namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// The part of a container definition that the control plane has already put into Docker's own words. Both texts are JSON and win over
/// what the agent computes. They may hold secrets (log options, labels), so they never print.
/// </summary>
public sealed record DockerConfig
{
    public static DockerConfig Empty { get; } = new();

    /// <summary>JSON of Docker's container config, or null.</summary>
    public string? Config { get; init; }

    /// <summary>JSON of Docker's host config, or null.</summary>
    public string? HostConfig { get; init; }

    /// <summary>The lowest Docker API version that these need, such as <c>1.17</c>, or null.</summary>
    public string? Version { get; init; }

    public override string ToString() => $"DockerConfig {{ Version = {Version} }}";
}
