using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.CleanUpTask;
using Ecs.Agent.Application.Tasks.Images;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Ecs.Agent.Application.Tests;

/// <summary>The whole Application on fakes and virtual time.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    private TestAgent(AgentOptions options, ICheckpointStore? checkpoints, Action<IServiceCollection>? also)
    {
        // A guard against a test that would wait for ever; nothing is timed by it.
        _patience.CancelAfter(TimeSpan.FromSeconds(60));
        Runtime = new FakeContainerRuntime(Clock);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IContainerRuntime>(Runtime);
        services.AddSingleton<IImageStore>(Runtime);
        services.AddSingleton<IHostContainers>(Runtime);
        services.AddSingleton<IImageDisk>(Runtime);
        services.AddSingleton<IVolumeStore>(Runtime);
        services.AddSingleton<IPauseImage>(Runtime);
        services.AddSingleton<IContainerEvents>(Runtime);
        services.AddSingleton<IContainerLogs>(Runtime);
        services.AddSingleton<IControlPlane>(ControlPlane);
        services.AddSingleton<IIdentifiers>(new SequentialIdentifiers());
        services.AddSingleton<ITaskObserver>(Tasks);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton(Mock.Of<IContainerInstanceProfile>(
            p => p.DescribeAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()) == Task.FromResult(Machine)));
        if (checkpoints is not null)
        {
            services.AddSingleton(checkpoints);
        }

        also?.Invoke(services);
        services.AddEcsAgentApplication(options);
        _services = services.BuildServiceProvider();
    }

    public static AgentOptions Options { get; } = new()
    {
        Region = "eu-central-1",
        Cluster = "default",
        ConcurrentLaunches = 4,
        ImagePullBehavior = ImagePullBehavior.Default,

        // Virtual time stands still while an agent is disposed of; ShutdownTests give it its real value.
        ShutdownReportTimeout = TimeSpan.Zero,
    };

    /// <summary>2 vCPU, 4 GiB, the SSH port reserved.</summary>
    public static ContainerInstanceRegistration Machine { get; } = new()
    {
        Cluster = "default",
        ClientToken = "token",
        Cpu = 2048,
        MemoryMiB = 4096,
        ReservedTcpPorts = [22],
    };

    public TestClock Clock { get; } = new();

    public FakeContainerRuntime Runtime { get; }

    public FakeControlPlane ControlPlane { get; } = new();

    public RecordingTaskObserver Tasks { get; } = new();

    public CancellationToken Patience => _patience.Token;

    public TaskOwners Owners => _services.GetRequiredService<TaskOwners>();

    public ITaskDirectory Directory => _services.GetRequiredService<ITaskDirectory>();

    public ImagePulls Pulls => _services.GetRequiredService<ImagePulls>();

    public TaskCredentials Credentials => _services.GetRequiredService<TaskCredentials>();

    public ImageInventory Images => _services.GetRequiredService<ImageInventory>();

    public static Task<TestAgent> StartAsync() => StartAsync(Options);

    public static async Task<TestAgent> StartAsync(
        AgentOptions options, ICheckpointStore? checkpoints = null, bool register = true, Action<IServiceCollection>? also = null)
    {
        var agent = new TestAgent(options, checkpoints, also);
        foreach (var service in agent._services.GetServices<IHostedService>())
        {
            await service.StartAsync(agent.Patience);
        }

        await agent.Runtime.WaitForAsync(runtime => runtime.Watchers == 1, agent.Patience);
        if (register)
        {
            await agent.RegisterAsync();
        }

        return agent;
    }

    public static string Arn(int task = 1) => $"arn:aws:ecs:eu-central-1:123456789012:task/default/{task:x32}";

    public static ContainerDefinition Container(string name, bool essential = true, params ImmutableArray<ContainerDependency> dependsOn) =>
        new() { Name = name, Image = $"repo/{name}:1", Essential = essential, DependsOn = dependsOn };

    public static ContainerDependency On(string container, DependencyCondition condition) => new(container, condition);

    public static TaskDefinition Definition(params ImmutableArray<ContainerDefinition> containers) => Definition(1, containers);

    public static TaskDefinition Definition(int task, params ImmutableArray<ContainerDefinition> containers) =>
        new() { Arn = Arn(task), Family = "web", Version = "3", Containers = containers };

    public Task<ContainerInstance> RegisterAsync() => SendAsync(new RegisterContainerInstanceCommand());

    public Task<StartTasksResult> RunAsync(params ImmutableArray<TaskDefinition> tasks) => SendAsync(new StartTasksCommand(tasks, []));

    public Task<StopTaskResult> StopAsync(int task = 1, TaskDefinition? definition = null) => SendAsync(
        new StopTaskCommand(Arn(task), definition));

    public Task<CleanUpTaskResult> CleanUpAsync(int task = 1) => SendAsync(new CleanUpTaskCommand(Arn(task)));

    public Task<T> SendAsync<T>(IRequest<T> request) => _services.GetRequiredService<ISender>().Send(request, Patience);

    public Task<EcsTask> UntilAsync(Predicate<EcsTask> condition, int task = 1) => Tasks.WaitForAsync(
        t => t.Arn == Arn(task) && condition(t), Patience);

    public Task<EcsTask> UntilKnownAsync(EcsTaskStatus known, int task = 1) => UntilAsync(t => t.Known == known, task);

    public Task<EcsTask> UntilReportedAsync(EcsTaskStatus sent, int task = 1) => UntilAsync(t => t.Sent == sent, task);

    public Task UntilRuntimeAsync(Func<FakeContainerRuntime, bool> condition) => Runtime.WaitForAsync(condition, Patience);

    public FakeContainer Docker(string container, int task = 1) => Runtime.Find(Arn(task), container);

    public void Exit(string container, int exitCode, int task = 1, bool oom = false, bool silently = false) =>
        Runtime.Exit(Docker(container, task).DockerName, exitCode, oom, silently);

    /// <summary>What the control plane has accepted of the task, one line per report.</summary>
    public ImmutableArray<string> Story(int task = 1) => ReportStory.Of(ControlPlane.ReportsOf(Arn(task)));

    public ImmutableArray<RuntimeOperation> Operations(string container) =>
        [.. Runtime.Calls.Where(c => c.Container == container).Select(c => c.Operation)];

    /// <summary>Ends the agent as the host would: the background services in reverse order.</summary>
    public async Task ShutDownAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ShutDownAsync();
        await _services.DisposeAsync();
        _patience.Dispose();
    }
}
