using Ecs.Agent.Domain.Reporting;

namespace Ecs.Agent.Application.ControlPlane;

/// <summary>The ECS API as the agent uses it. All throw <see cref="ControlPlaneException"/>.</summary>
public interface IControlPlane
{
    /// <summary>Registers this machine and learns its identity (RegisterContainerInstance, CreateCluster where the default one is missing).</summary>
    Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken);

    /// <summary>Submits one report (SubmitTaskStateChange). Returns when the control plane has accepted it.</summary>
    Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken);
}
