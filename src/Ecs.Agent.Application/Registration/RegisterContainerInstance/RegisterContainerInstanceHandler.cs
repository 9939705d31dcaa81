using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
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
    IIdentityStore identities,
    IMachine machine,
    AgentOptions options,
    ILogger<RegisterContainerInstanceHandler> logger) : IRequestHandler<RegisterContainerInstanceCommand, ContainerInstance>
{
    public async Task<ContainerInstance> Handle(RegisterContainerInstanceCommand request, CancellationToken cancellationToken)
    {
        var earlier = identity.ContainerInstanceArn;
        var registration = await profile.DescribeAsync(identifiers.Uuid().ToString(), earlier is not null, cancellationToken)
            .ConfigureAwait(false);
        var instance = await controlPlane.RegisterAsync(registration with { ContainerInstanceArn = earlier }, cancellationToken)
            .ConfigureAwait(false);
        await RememberAsync(instance, cancellationToken).ConfigureAwait(false);
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

    /// <summary>An identity that cannot be saved does not keep the agent from working: the containers can tell it, too.</summary>
    private async Task RememberAsync(ContainerInstance instance, CancellationToken cancellationToken)
    {
        if (!options.Checkpoint)
        {
            return;
        }

        var ec2InstanceId = await machine.FindInstanceIdAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            identities.Save(new SavedIdentity(instance.Cluster, instance.Arn, ec2InstanceId, instance.AvailabilityZone));
        }
        catch (CheckpointException e)
        {
            LogNotSaved(instance.Arn, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The identity of this container instance, {ContainerInstanceArn}, cannot be saved: {Problem}")]
    private partial void LogNotSaved(string containerInstanceArn, string problem);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Registered as {ContainerInstanceArn} in cluster {Cluster}, offering {Cpu} CPU units and {MemoryMiB} MiB")]
    private partial void LogRegistered(string containerInstanceArn, string cluster, int cpu, int memoryMiB);
}
