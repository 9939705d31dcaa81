using System.Globalization;
using Ecs.Agent.Application;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Bench.Engine;

/// <summary>The real Application with as little around it as can be: an instant runtime unless another is asked for, and a control plane that takes every report at once.</summary>
internal sealed class BareEngine : IControlPlane, IIdentifiers, IContainerInstanceProfile, IAsyncDisposable
{
    private const int Cpu = 2048;
    private const int TasksPerPayload = 10;

    private readonly ServiceProvider _services;
    private long _names;
    private int _awaited;
    private ReportedStatus _awaitedStatus;
    private TaskCompletionSource _done = new();

    private BareEngine(AgentOptions options, Action<IServiceCollection> runtime)
    {
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IControlPlane>(this)
            .AddSingleton<IIdentifiers>(this)
            .AddSingleton<IContainerInstanceProfile>(this)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        runtime(services);
        _services = services.AddEcsAgentApplication(options).BuildServiceProvider();
    }

    /// <summary>On an instant runtime.</summary>
    /// <param name="endsAtOnce">As for <see cref="InstantRuntime"/>.</param>
    /// <param name="more">What else it has, such as a store.</param>
    public static Task<BareEngine> StartAsync(bool endsAtOnce, Action<IServiceCollection>? more = null) => StartAsync(
        new AgentOptions
        {
            Region = "us-east-1",
            ConcurrentLaunches = 8,
            ImagePullBehavior = ImagePullBehavior.PreferCached,
        },
        services =>
        {
            var runtime = new InstantRuntime(endsAtOnce);
            services
                .AddSingleton<IContainerRuntime>(runtime)
                .AddSingleton<IImageStore>(runtime)
                .AddSingleton<IImageDisk>(runtime)
                .AddSingleton<IHostContainers>(runtime)
                .AddSingleton<IVolumeStore>(runtime)
                .AddSingleton<IContainerEvents>(runtime);
            more?.Invoke(services);
        });

    /// <summary>On the runtime that is registered by the caller.</summary>
    public static async Task<BareEngine> StartAsync(AgentOptions options, Action<IServiceCollection> runtime)
    {
        var engine = new BareEngine(options, runtime);
        foreach (var service in engine._services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        await engine.Sender.Send(new RegisterContainerInstanceCommand());
        return engine;
    }

    private ISender Sender => _services.GetRequiredService<ISender>();

    /// <summary>Hands the tasks in, ten to a payload, and waits until each was reported with that status.</summary>
    public async Task RunAsync(IReadOnlyList<TaskDefinition> tasks, ReportedStatus until)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaitedStatus = until;
        Volatile.Write(ref _awaited, tasks.Count);
        foreach (var payload in tasks.Chunk(TasksPerPayload))
        {
            await Sender.Send(new StartTasksCommand([.. payload], []));
        }

        await _done.Task;
    }

    /// <param name="cpu">2048 is the whole machine.</param>
    public static TaskDefinition Definition(int containers, int cpu) => new()
    {
        Arn = $"arn:aws:ecs:us-east-1:123456789012:task/default/{Guid.NewGuid():n}",
        Family = "bench",
        Version = "1",
        Containers =
        [
            .. Enumerable.Range(0, containers).Select(i => new ContainerDefinition
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"c{i}"),
                Image = "bench:1",
                Essential = true,
                Cpu = cpu / containers,
                DependsOn = i == 0 ? [] : [new ContainerDependency($"c{i - 1}", DependencyCondition.Start)],
            }),
        ],
    };

    public Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken) =>
        Task.FromResult(new ContainerInstance("arn:aws:ecs:us-east-1:123456789012:container-instance/default/x", "default", null));

    public Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken)
    {
        if (report.Status == _awaitedStatus && Interlocked.Decrement(ref _awaited) == 0)
        {
            _done.TrySetResult();
        }

        return Task.CompletedTask;
    }

    public string NameSuffix() => Interlocked.Increment(ref _names).ToString("x20", CultureInfo.InvariantCulture);

    public Guid Uuid() => Guid.NewGuid();

    public double NextFraction() => 0;

    public Task<ContainerInstanceRegistration> DescribeAsync(
        string cluster, bool registeredBefore, CancellationToken cancellationToken) =>
        Task.FromResult(new ContainerInstanceRegistration { Cluster = cluster, ClientToken = "", Cpu = Cpu, MemoryMiB = 8192 });

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
