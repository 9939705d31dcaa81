namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>The instance metadata service does not answer, so this machine is probably not on EC2.</summary>
public sealed class InstanceMetadataUnavailableException : Exception
{
    public InstanceMetadataUnavailableException(Uri endpoint, string reason, Exception? innerException = null)
        : base(
            $"the EC2 instance metadata service at {endpoint} cannot be used ({reason}); "
            + "on a machine outside EC2 set ECS_EXTERNAL=true and AWS_DEFAULT_REGION",
            innerException)
    {
    }
}
