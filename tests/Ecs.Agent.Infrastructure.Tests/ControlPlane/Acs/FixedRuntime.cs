using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

/// <summary>A runtime that only introduces itself.</summary>
internal sealed class FixedRuntime : IContainerRuntime
{
    public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new RuntimeInfo { ServerVersion = "20.10.24+dfsg1", ApiVersion = "1.41" });

    public Task<string> CreateAsync(ContainerCreation creation, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ContainerObservation> StartAsync(ContainerHandle container, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ContainerObservation> InspectAsync(ContainerHandle container, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ContainerObservation> StopAsync(ContainerHandle container, TimeSpan gracePeriod, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task RemoveAsync(ContainerHandle container, CancellationToken cancellationToken) => throw new InvalidOperationException();
}
