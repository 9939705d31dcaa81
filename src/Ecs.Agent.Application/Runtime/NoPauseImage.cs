using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Application.Runtime;

/// <summary>For runtimes that give no image to pause containers: tasks with shared namespaces cannot run there.</summary>
internal sealed class NoPauseImage : IPauseImage
{
    public Task EnsureAsync(CancellationToken cancellationToken) => throw new RuntimeException(
        new ContainerError(ContainerErrorNames.CannotCreateContainer, "this runtime has no pause container to hold the task's namespaces"),
        RuntimeFailureKind.Permanent);
}
