using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Infrastructure.Hosts;

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
            return WithGpus(AgentOptionsLoader.Load(environment, null, handledElsewhere));
        }

        using var metadata = new InstanceMetadataClient(
            InstanceMetadataClient.NewHttpClient(), environment, time, new RandomIdentifiers());
        try
        {
            return WithGpus(AgentOptionsLoader.Load(environment, await metadata.GetRegionAsync(cancellationToken), handledElsewhere));
        }
        catch (InstanceMetadataUnavailableException unavailable)
        {
            var result = AgentOptionsLoader.Load(environment, null, handledElsewhere);
            return result with { Errors = result.Errors.Add(unavailable.Message) };
        }
    }

    private static AgentOptionsResult WithGpus(AgentOptionsResult result)
    {
        if (result.Options is not { } options)
        {
            return result;
        }

        try
        {
            var withGpus = GpuInfoFile.Apply(options, GpuInfoFile.DefaultPath, out var warning);
            return result with { Options = withGpus, Warnings = warning is null ? result.Warnings : result.Warnings.Add(warning) };
        }
        catch (InvalidDataException e)
        {
            return result with { Options = null, Errors = result.Errors.Add(e.Message) };
        }
    }
}
