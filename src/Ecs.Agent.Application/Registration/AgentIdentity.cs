using Ecs.Agent.Application.ControlPlane;

namespace Ecs.Agent.Application.Registration;

/// <summary>Who this agent is to the control plane, known from its registration on, or from an earlier life.</summary>
public sealed class AgentIdentity
{
    private readonly TaskCompletionSource<ContainerInstance> _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ContainerInstance> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether this machine is registered.</summary>
    public bool IsKnown => _registered.Task.IsCompletedSuccessfully;

    /// <summary>The cluster name or ARN in effect, or that of the earlier life; empty when neither is known.</summary>
    public string Cluster => Latest?.Cluster ?? "";

    /// <summary>The container instance that this agent is, or was in its earlier life and will be again; null when neither is known.</summary>
    public string? ContainerInstanceArn => Latest?.Arn;

    private ContainerInstance? Latest => _registered.Task.IsCompletedSuccessfully
        ? _registered.Task.Result
        : _known.Task.IsCompletedSuccessfully ? _known.Task.Result : null;

    /// <summary>Waits for the registration.</summary>
    public Task<ContainerInstance> RegisteredAsync(CancellationToken cancellationToken) => _registered.Task.WaitAsync(cancellationToken);

    /// <summary>
    /// Waits until it is known which container instance this is, from the earlier life or by the registration: what is made says whose it is.
    /// </summary>
    internal Task KnownAsync(CancellationToken cancellationToken) => _known.Task.WaitAsync(cancellationToken);

    internal void Set(ContainerInstance instance)
    {
        _registered.TrySetResult(instance);
        _known.TrySetResult(instance);
    }

    /// <summary>It was this container instance before.</summary>
    internal void Resume(string containerInstanceArn, string cluster) =>
        _known.TrySetResult(new ContainerInstance(containerInstanceArn, cluster, AvailabilityZone: null));
}
