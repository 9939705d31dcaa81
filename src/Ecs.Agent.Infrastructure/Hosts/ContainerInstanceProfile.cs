using System.Runtime.InteropServices;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>Describes this machine to the control plane: its capacity, its attributes and its tags.</summary>
internal sealed class ContainerInstanceProfile(AgentOptions options, IContainerRuntime runtime, IHostAbilities abilities)
    : IContainerInstanceProfile
{
    public async Task<ContainerInstanceRegistration> DescribeAsync(
        string clientToken, bool registeredBefore, CancellationToken cancellationToken)
    {
        var info = await runtime.GetInfoAsync(cancellationToken);
        var capacity = HostCapacityReader.Read(options.ReservedMemoryMiB);
        if (capacity.MemoryMiB < 0)
        {
            throw new ControlPlaneException(
                "HostResources",
                $"ECS_RESERVED_MEMORY keeps back {options.ReservedMemoryMiB} MiB, which is more than this machine has",
                ControlPlaneFailureKind.Temporary);
        }

        return new ContainerInstanceRegistration
        {
            Cluster = options.Cluster,
            ClientToken = clientToken,
            Cpu = capacity.Cpu,
            MemoryMiB = capacity.MemoryMiB,
            ReservedTcpPorts = options.ReservedTcpPorts,
            ReservedUdpPorts = options.ReservedUdpPorts,
            GpuSupport = options.GpuSupport,
            GpuIds = options.GpuIds,
            Attributes = AgentAttributes.Of(
                options, info, await abilities.FindAsync(cancellationToken), RuntimeInformation.OSArchitecture, registeredBefore),
            Tags = options.InstanceTags,
        };
    }
}
