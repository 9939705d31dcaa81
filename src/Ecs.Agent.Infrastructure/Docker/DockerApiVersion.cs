using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Which version of Docker's API to speak and which ones to advertise.</summary>
internal static class DockerApiVersion
{
    /// <summary>The lowest version that a container may be created with.</summary>
    public static readonly Version Oldest = new(1, 21);

    /// <summary>The highest version whose answers are known to be read correctly.</summary>
    public static readonly Version Newest = new(1, 51);

    private const int FirstAdvertisedMinor = 17;
    private const int LastAdvertisedMinor = 44;

    // From this minimum on, the control plane still expects every earlier version to be advertised.
    private static readonly Version BackfillFrom = new(1, 24);

    /// <summary>The highest version that both sides speak.</summary>
    /// <exception cref="DockerException">There is none, or the daemon did not name its versions.</exception>
    public static Version Negotiate(VersionAnswer answer)
    {
        var (lowest, highest) = Range(answer);
        var chosen = highest < Newest ? highest : Newest;
        return chosen >= lowest && chosen >= Oldest
            ? chosen
            : throw new DockerException(
                $"the Docker daemon speaks API versions {lowest} to {highest}, this agent {Oldest} to {Newest}",
                RuntimeFailureKind.Permanent);
    }

    /// <summary>The versions to advertise as capabilities, ascending.</summary>
    public static ImmutableArray<string> Advertised(VersionAnswer answer)
    {
        var (lowest, highest) = Range(answer);
        return [.. Enumerable.Range(FirstAdvertisedMinor, LastAdvertisedMinor - FirstAdvertisedMinor + 1)
            .Select(minor => new Version(1, minor))
            .Where(version => version <= highest && (version >= lowest || lowest >= BackfillFrom))
            .Select(version => version.ToString(2))];
    }

    private static (Version Lowest, Version Highest) Range(VersionAnswer answer)
    {
        if (!Version.TryParse(answer.ApiVersion, out var highest))
        {
            throw new DockerException("the Docker daemon did not name its API version", RuntimeFailureKind.Permanent);
        }

        return (Version.TryParse(answer.MinAPIVersion, out var lowest) ? lowest : new Version(1, 0), highest);
    }
}
