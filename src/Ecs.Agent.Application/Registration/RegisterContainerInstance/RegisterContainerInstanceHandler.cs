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
    FirstRegistration first,
    HostResourceLedger hostResources,
    ILogger<RegisterContainerInstanceHandler> logger) : IRequestHandler<RegisterContainerInstanceCommand, ContainerInstance>
{
    public async Task<ContainerInstance> Handle(RegisterContainerInstanceCommand request, CancellationToken cancellationToken)
    {
        var (instance, registration) = identity.ContainerInstanceArn is { } earlier
            ? await RegisterAsync(identifiers.Uuid().ToString(), earlier, cancellationToken).ConfigureAwait(false)
            : await RegisterFirstAsync(cancellationToken).ConfigureAwait(false);
        await first.EndAsync(instance, cancellationToken).ConfigureAwait(false);
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

    /// <summary>An earlier life's client token must not keep the agent from ever registering, say because the machine offers something else now.</summary>
    private async Task<(ContainerInstance, ContainerInstanceRegistration)> RegisterFirstAsync(CancellationToken cancellationToken)
    {
        var (token, isRepeat) = await first.BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RegisterAsync(token, earlier: null, cancellationToken).ConfigureAwait(false);
        }
        catch (ControlPlaneException e) when (isRepeat && e.Kind == ControlPlaneFailureKind.Terminal)
        {
            LogTokenRefused(e.Message);
            return await RegisterAsync(await first.BeginAnewAsync(cancellationToken).ConfigureAwait(false), earlier: null, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<(ContainerInstance, ContainerInstanceRegistration)> RegisterAsync(
        string clientToken, string? earlier, CancellationToken cancellationToken)
    {
        var registration = await profile.DescribeAsync(clientToken, earlier is not null, cancellationToken).ConfigureAwait(false);
        var instance = await controlPlane.RegisterAsync(registration with { ContainerInstanceArn = earlier }, cancellationToken)
            .ConfigureAwait(false);
        return (instance, registration);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The control plane refuses to repeat the registration that an earlier life began, so this machine is registered anew: {Problem}")]
    private partial void LogTokenRefused(string problem);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Registered as {ContainerInstanceArn} in cluster {Cluster}, offering {Cpu} CPU units and {MemoryMiB} MiB")]
    private partial void LogRegistered(string containerInstanceArn, string cluster, int cpu, int memoryMiB);
}
