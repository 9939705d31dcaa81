namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>The task states of ECS in their order. A task only moves forward; states it has no work in are skipped.</summary>
internal enum TaskLifecycle
{
    Provisioning,
    Pending,
    Activating,
    Running,
    Deactivating,
    Stopping,
    Deprovisioning,
    Stopped,
}
