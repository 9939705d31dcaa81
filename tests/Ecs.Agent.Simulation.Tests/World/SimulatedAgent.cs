using Ecs.Agent.Application;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Application.Tasks.Images;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Simulation.Tests.Scenarios;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The real Application, whole, in one of its lives. It is never disposed: it runs, or it is killed.</summary>
internal sealed class SimulatedAgent
{
    private readonly SimulatedWorld _world;
    private readonly ServiceProvider _services;

    public SimulatedAgent(SimulatedWorld world, AgentLife life)
    {
        _world = world;
        Life = life;
        Runtime = new RuntimeClient(world, life);
        var host = world.Scenario.Host;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new AgentClock(world.Clock, life));
        services.AddSingleton<IContainerRuntime>(Runtime);
        services.AddSingleton<IImageStore>(Runtime);
        services.AddSingleton<IHostContainers>(Runtime);
        services.AddSingleton<IImageDisk>(Runtime);
        services.AddSingleton<IVolumeStore>(Runtime);
        services.AddSingleton<IContainerEvents>(Runtime);
        services.AddSingleton<IContainerSurvey>(Runtime);
        services.AddSingleton<IIdentityStore>(world.Identity);
        services.AddSingleton<IImageLedgerStore>(world.Ledger);
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
            Checkpoint = true,
            TaskCleanupWait = host.CleanUpWait,
            ConcurrentImagePulls = world.Scenario.ConcurrentPulls,
            ImageCleanupDisabled = host.CleanUpEvery is null,
            ImageCleanupInterval = host.CleanUpEvery ?? TimeSpan.FromMinutes(30),
            ImageMinimumCleanupAge = TimeSpan.FromSeconds(20),
            ImagesDeletedPerCycle = host.ImagesPerCycle,
            UntrackedCleanupEnabled = host.Untracked,
            ImageCleanupExclusions = [.. HostScript.Excluded],
            ImageDiskMinFree = host.MinFree is { } least ? DiskWatermark.OfBytes(least) : null,
            MaxStoppedContainers = host.MostStopped,
        });
        _services = services.BuildServiceProvider();
    }

    public AgentLife Life { get; }

    public RuntimeClient Runtime { get; }

    public bool IsUp { get; private set; }

    public TaskOwners Owners => _services.GetRequiredService<TaskOwners>();

    public HostResourceLedger Ledger => _services.GetRequiredService<HostResourceLedger>();

    public IPullQueue PullQueue => _services.GetRequiredService<IPullQueue>();

    public ImageLedger Images => _services.GetRequiredService<ImageInventory>().Ledger;

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await SendAsync(new RecoverTasksCommand()).ConfigureAwait(false);
        await SendAsync(new RegisterContainerInstanceCommand()).ConfigureAwait(false);
        IsUp = true;
    }

    /// <summary>Ends as the host would end it: the background services in reverse order.</summary>
    public async Task ShutDownAsync(TimeSpan downFor)
    {
        IsUp = false;
        _world.Laws.OnShutDownBegins();
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        if (!Life.IsDead)
        {
            _world.Laws.OnShutDown();
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
