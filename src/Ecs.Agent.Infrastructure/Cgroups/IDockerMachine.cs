namespace Ecs.Agent.Infrastructure.Cgroups;

/// <summary>What the Docker daemon says of the machine that it runs on.</summary>
internal interface IDockerMachine
{
    /// <summary>
    /// The daemon's cgroup driver, <c>cgroupfs</c> or <c>systemd</c>; null when it does not say. Throws
    /// <see cref="Application.Cgroups.CgroupException"/> when the daemon runs under another kernel than this process.
    /// </summary>
    Task<string?> FindCgroupDriverAsync(CancellationToken cancellationToken);
}
