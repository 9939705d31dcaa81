namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>The EC2 instance metadata service. Never asked on a machine outside EC2.</summary>
internal interface IInstanceMetadata
{
    /// <summary>The region of this instance.</summary>
    /// <exception cref="InstanceMetadataUnavailableException">Nothing answers there.</exception>
    Task<string> GetRegionAsync(CancellationToken cancellationToken);

    /// <summary>The id of this instance, <c>i-…</c>.</summary>
    /// <exception cref="InstanceMetadataUnavailableException">Nothing answers there.</exception>
    Task<string> GetInstanceIdAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The identity document and its signature, byte for byte. Tries for at most 30 seconds each; what could not be had is empty.
    /// </summary>
    Task<InstanceIdentity> GetIdentityAsync(CancellationToken cancellationToken);
}
