using Amazon;
using Ecs.Agent.Application.Configuration;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>What of this machine decides how a network file system is mounted.</summary>
/// <param name="Region">The agent's region.</param>
/// <param name="EfsAuthorized">Whether the volume plugin of Amazon ECS is there, which can encrypt and prove a role.</param>
internal sealed record VolumeSettings(string Region, bool EfsAuthorized)
{
    private const string EfsAuth = "efsAuth";

    /// <summary>What service names of the region end with.</summary>
    public string DnsSuffix => RegionEndpoint.GetBySystemName(Region).PartitionDnsSuffix;

    public static VolumeSettings Of(AgentOptions options) => new(options.Region, options.VolumePluginCapabilities.Contains(EfsAuth));
}
