using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Domain.HostResources;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Registration.RegisterContainerInstance;

/// <summary>Registers this machine; see <see cref="RegisterContainerInstanceCommand"/>.</summary>
internal sealed partial class RegisterContainerInstanceHandler(
    IContainerInstanceProfile profile,
    IControlPlane controlPlane,
    IIdentifiers identifiers,
    AgentIdentity identity,
    HostResourceLedger hostResources,
    ILogger<RegisterContainerInstanceHandler> logger) : IRequestHandler<RegisterContainerInstanceCommand, ContainerInstance>
{
    public async Task<ContainerInstance> Handle(RegisterContainerInstanceCommand request, CancellationToken cancellationToken)
    {
        var registration = await profile.DescribeAsync(identifiers.Uuid().ToString(), cancellationToken).ConfigureAwait(false);
        var instance = await controlPlane.RegisterAsync(registration, cancellationToken).ConfigureAwait(false);
        hostResources.Open(new HostResourceNeed
        {
            Cpu = registration.Cpu,
            MemoryMiB = registration.MemoryMiB,
            TcpPorts = [.. registration.ReservedTcpPorts],
            UdpPorts = [.. registration.ReservedUdpPorts],
            Gpus = HostResourceNeed.GpuSet(registration.GpuIds),
        });
        identity.Set(instance);
        LogRegistered(instance.Arn, instance.Cluster, registration.Cpu, registration.MemoryMiB);
        return instance;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Registered as {ContainerInstanceArn} in cluster {Cluster}, offering {Cpu} CPU units and {MemoryMiB} MiB")]
    private partial void LogRegistered(string containerInstanceArn, string cluster, int cpu, int memoryMiB);
}
