using Ecs.Agent.Application;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Application.Tasks.Owners;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The real Application, whole, in one of its lives. It is never disposed: it runs, or it is killed.</summary>
internal sealed class SimulatedAgent
{
    private readonly ServiceProvider _services;

    public SimulatedAgent(SimulatedWorld world, AgentLife life)
    {
        Life = life;
        Runtime = new RuntimeClient(world, life);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new AgentClock(world.Clock, life));
        services.AddSingleton<IContainerRuntime>(Runtime);
        services.AddSingleton<IImageStore>(Runtime);
        services.AddSingleton<IHostContainers>(Runtime);
        services.AddSingleton<IImageDisk>(Runtime);
        services.AddSingleton<IVolumeStore>(Runtime);
        services.AddSingleton<IContainerEvents>(Runtime);
        services.AddSingleton(world.ControlPlane.For(life));
        services.AddSingleton(world.Checkpoints.For(world, life));
        services.AddSingleton<IIdentifiers>(world.Identifiers);
        services.AddSingleton<IContainerInstanceProfile>(new Profile(world));
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddEcsAgentApplication(new AgentOptions
        {
            Region = "eu-central-1",
            ConcurrentLaunches = world.Scenario.ConcurrentLaunches,
            ImagePullBehavior = world.Scenario.PullBehavior,
            PullDependentContainersUpfront = world.Scenario.PullUpfront,
            TaskCleanupWait = SimulatedWorld.CleanUpWait,
        });
        _services = services.BuildServiceProvider();
    }

    public AgentLife Life { get; }

    public RuntimeClient Runtime { get; }

    public bool IsUp { get; private set; }

    public TaskOwners Owners => _services.GetRequiredService<TaskOwners>();

    public HostResourceLedger Ledger => _services.GetRequiredService<HostResourceLedger>();

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await SendAsync(new RegisterContainerInstanceCommand()).ConfigureAwait(false);
        IsUp = true;
    }

    /// <summary>Ends as the host would end it: the background services in reverse order.</summary>
    public async Task ShutDownAsync(TimeSpan downFor)
    {
        IsUp = false;
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        if (!Life.IsDead)
        {
            Life.Die(downFor);
        }
    }

    public Task<T> SendAsync<T>(IRequest<T> request) => _services.GetRequiredService<ISender>().Send(request);

    private sealed class Profile(SimulatedWorld world) : IContainerInstanceProfile
    {
        public Task<ContainerInstanceRegistration> DescribeAsync(
            string clientToken, bool registeredBefore, CancellationToken cancellationToken) =>
            Task.FromResult(new ContainerInstanceRegistration
            {
                Cluster = "default",
                ClientToken = clientToken,
                Cpu = world.Machine.Cpu,
                MemoryMiB = world.Machine.MemoryMiB,
                ReservedTcpPorts = [.. world.Machine.TcpPorts],
                GpuIds = [.. world.Machine.Gpus],
            });
    }
}
