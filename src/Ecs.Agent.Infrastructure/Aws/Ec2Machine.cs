using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registration;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>This machine as EC2 knows it; a machine outside EC2 is never asked.</summary>
internal sealed class Ec2Machine(IInstanceMetadata metadata, AgentOptions options) : IMachine
{
    public async Task<string?> FindInstanceIdAsync(CancellationToken cancellationToken)
    {
        if (options.External)
        {
            return null;
        }

        try
        {
            return await metadata.GetInstanceIdAsync(cancellationToken);
        }
        catch (InstanceMetadataUnavailableException)
        {
            return null;
        }
    }
}
