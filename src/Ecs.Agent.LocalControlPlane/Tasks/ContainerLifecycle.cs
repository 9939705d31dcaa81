namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>The container states of ECS in their order. A container only moves forward.</summary>
internal enum ContainerLifecycle
{
    Pending,
    Running,
    Stopped,
}
