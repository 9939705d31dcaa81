namespace Ecs.Agent.Application.Registration;

/// <summary>Which machine this is.</summary>
public interface IMachine
{
    /// <summary>The EC2 instance id; null outside EC2 and where it cannot be asked for now.</summary>
    Task<string?> FindInstanceIdAsync(CancellationToken cancellationToken);
}
