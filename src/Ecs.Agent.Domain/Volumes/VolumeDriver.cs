using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Volumes;

/// <summary>How Docker makes a volume: the driver and what it is told.</summary>
/// <param name="Name"><c>local</c> or the name of a plugin.</param>
/// <param name="Options">The driver's options.</param>
public sealed record VolumeDriver(string Name, ImmutableSortedDictionary<string, string> Options)
{
    private const string AmazonEcsPlugin = "amazon-ecs-volume-plugin";

    /// <summary>A mount, by Docker's own driver.</summary>
    internal static VolumeDriver Local(string type, string device, string options) => Mount("local", type, device, options);

    /// <summary>A mount, by the plugin of Amazon ECS, which can encrypt and prove a role.</summary>
    internal static VolumeDriver Plugin(string type, string device, params IEnumerable<string> options) =>
        Mount(AmazonEcsPlugin, type, device, string.Join(',', options));

    private static VolumeDriver Mount(string driver, string type, string device, string options)
    {
        var members = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        members["type"] = type;
        members["device"] = device;
        if (options.Length > 0)
        {
            members["o"] = options;
        }

        return new VolumeDriver(driver, members.ToImmutable());
    }
}
