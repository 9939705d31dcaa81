using Ecs.Agent.Infrastructure.Aws;

namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>Loads the configuration, asking the instance metadata service for the region only where nothing else gives one.</summary>
public static class AgentConfiguration
{
    /// <param name="environment">The process environment.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handledElsewhere">Documented variables that the host acts upon itself.</param>
    /// <param name="cancellationToken">Stops the search for the region.</param>
    public static async Task<AgentOptionsResult> LoadAsync(
        IReadOnlyDictionary<string, string> environment,
        TimeProvider time,
        IReadOnlySet<string>? handledElsewhere,
        CancellationToken cancellationToken)
    {
        if (!AgentOptionsLoader.NeedsInstanceRegion(environment))
        {
            return AgentOptionsLoader.Load(environment, null, handledElsewhere);
        }

        using var metadata = new InstanceMetadataClient(
            InstanceMetadataClient.NewHttpClient(), environment, time, new Hosts.RandomIdentifiers());
        try
        {
            return AgentOptionsLoader.Load(environment, await metadata.GetRegionAsync(cancellationToken), handledElsewhere);
        }
        catch (InstanceMetadataUnavailableException unavailable)
        {
            var result = AgentOptionsLoader.Load(environment, null, handledElsewhere);
            return result with { Errors = result.Errors.Add(unavailable.Message) };
        }
    }
}
