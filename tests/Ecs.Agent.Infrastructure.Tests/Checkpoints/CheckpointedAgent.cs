using Ecs.Agent.Application;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints;

/// <summary>One life of the real Application on a store that outlives it, with fakes for everything else and virtual time.</summary>
internal sealed class CheckpointedAgent : IContainerInstanceProfile, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    /// <param name="world">What is outside the agent.</param>
    /// <param name="store">Where its state is. Not disposed of: a store ends with its disk.</param>
    public CheckpointedAgent(CheckpointedWorld world, ICheckpointStore store)
    {
        // A guard against a test that would wait for ever; nothing is timed by it.
        _patience.CancelAfter(TimeSpan.FromSeconds(60));
        World = world;
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(world.Clock)
            .AddSingleton(world.Runtime)
            .AddSingleton<IImageStore>(world.Docker)
            .AddSingleton<IHostContainers>(world.Docker)
            .AddSingleton<IImageDisk>(world.Docker)
            .AddSingleton<IVolumeStore>(world.Docker)
            .AddSingleton<IContainerEvents>(world.Docker)
            .AddSingleton<IContainerLogs>(world.Docker)
            .AddSingleton(world.ControlPlane)
            .AddSingleton(world.Survey)
            .AddSingleton<IIdentifiers>(new SequentialIdentifiers())
            .AddSingleton<ITaskObserver>(Tasks)
            .AddSingleton<IContainerInstanceProfile>(this)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(store);
        if (store is IImageLedgerStore images)
        {
            services.AddSingleton(images);
        }

        if (world.Identities is { } identities)
        {
            services.AddSingleton(identities);
        }

        services.AddEcsAgentApplication(Options);
        _services = services.BuildServiceProvider();
    }

    public static AgentOptions Options { get; } = new()
    {
        Region = "eu-central-1",
        Cluster = "default",
        ConcurrentLaunches = 4,
        ImagePullBehavior = ImagePullBehavior.Default,
        Checkpoint = true,
    };

    public CheckpointedWorld World { get; }

    public RecordingTaskObserver Tasks { get; } = new();

    public CancellationToken Patience => _patience.Token;

    public ITaskDirectory Directory => _services.GetRequiredService<ITaskDirectory>();

    /// <summary>What it does when it starts: goes on with what was saved, takes on what was lost, registers.</summary>
    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(Patience);
        }

        await SendAsync(new RecoverTasksCommand());
        await SendAsync(new RegisterContainerInstanceCommand());
    }

    public Task<T> SendAsync<T>(IRequest<T> request) => _services.GetRequiredService<ISender>().Send(request, Patience);

    public Task<EcsTask> UntilAsync(string arn, Predicate<EcsTask> condition) => Tasks.WaitForAsync(t => t.Arn == arn && condition(t), Patience);

    /// <summary>Ends as after SIGTERM: what the control plane does not know yet it is told.</summary>
    public async ValueTask DisposeAsync()
    {
        // Virtual time stands still: an agent that cannot save what it has to, after a test that failed, would not end.
        using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(hurry.Token);
        }

        await _services.DisposeAsync();
        _patience.Dispose();
    }

    public Task<ContainerInstanceRegistration> DescribeAsync(string clientToken, bool registeredBefore, CancellationToken cancellationToken) =>
        Task.FromResult(new ContainerInstanceRegistration { Cluster = "default", ClientToken = clientToken, Cpu = 8192, MemoryMiB = 16384 });
}
