using Ecs.Agent.Application.ControlPlane;

namespace Ecs.Agent.Application.Registration;

/// <summary>Finds out what this machine has and what this agent can do on it.</summary>
public interface IContainerInstanceProfile
{
    /// <summary>What to register.</summary>
    /// <param name="clientToken">Constant over the retries of one registration.</param>
    /// <param name="registeredBefore">Whether this container instance exists already: custom attributes are sent the first time only.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    Task<ContainerInstanceRegistration> DescribeAsync(string clientToken, bool registeredBefore, CancellationToken cancellationToken);
}
