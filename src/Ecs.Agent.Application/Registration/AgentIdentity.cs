using Ecs.Agent.Application.ControlPlane;

namespace Ecs.Agent.Application.Registration;

/// <summary>Who this agent is to the control plane, known from its registration on.</summary>
public sealed class AgentIdentity
{
    private readonly TaskCompletionSource<ContainerInstance> _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether this machine is registered.</summary>
    public bool IsKnown => _registered.Task.IsCompletedSuccessfully;

    /// <summary>The cluster name or ARN in effect; empty before the registration.</summary>
    public string Cluster => _registered.Task.IsCompletedSuccessfully ? _registered.Task.Result.Cluster : "";

    /// <summary>Waits for the registration.</summary>
    public Task<ContainerInstance> RegisteredAsync(CancellationToken cancellationToken) => _registered.Task.WaitAsync(cancellationToken);

    internal void Set(ContainerInstance instance) => _registered.TrySetResult(instance);
}
