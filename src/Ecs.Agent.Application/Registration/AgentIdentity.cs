using Ecs.Agent.Application.ControlPlane;

namespace Ecs.Agent.Application.Registration;

/// <summary>Who this agent is to the control plane, known from its registration on, or from an earlier life.</summary>
public sealed class AgentIdentity
{
    private readonly TaskCompletionSource<ContainerInstance> _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _earlierArn;

    /// <summary>Whether this machine is registered.</summary>
    public bool IsKnown => _registered.Task.IsCompletedSuccessfully;

    /// <summary>The cluster name or ARN in effect; empty before the registration.</summary>
    public string Cluster => _registered.Task.IsCompletedSuccessfully ? _registered.Task.Result.Cluster : "";

    /// <summary>The container instance that this agent is, or was in its earlier life and will be again; null when neither is known.</summary>
    public string? ContainerInstanceArn =>
        _registered.Task.IsCompletedSuccessfully ? _registered.Task.Result.Arn : _earlierArn;

    /// <summary>Waits for the registration.</summary>
    public Task<ContainerInstance> RegisteredAsync(CancellationToken cancellationToken) => _registered.Task.WaitAsync(cancellationToken);

    internal void Set(ContainerInstance instance) => _registered.TrySetResult(instance);

    /// <summary>It was this container instance before.</summary>
    internal void Resume(string containerInstanceArn) => _earlierArn = containerInstanceArn;
}
