using System.Collections.Immutable;
using Ecs.Agent.Application;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.CleanUpTask;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Hosts;
using Ecs.Agent.Infrastructure.Tests.Docker;
using Ecs.Agent.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.TaskEngine;

/// <summary>
/// The whole Application on a real Docker engine, under a control plane in memory: for what task definitions of ECS do not allow, such as
/// attempt periods of a second. Stops and removes its tasks at the end.
/// </summary>
internal sealed class EngineOnDocker : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly RecordingTaskObserver _tasks = new();
    private readonly FakeControlPlane _controlPlane = new();
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private ImmutableArray<string> _arns = [];

    private EngineOnDocker()
    {
        _patience.CancelAfter(TimeSpan.FromSeconds(60));
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IControlPlane>(_controlPlane)
            .AddSingleton<ITaskObserver>(_tasks)
            .AddSingleton<IIdentifiers, RandomIdentifiers>()
            .AddSingleton<IContainerInstanceProfile, Machine>()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddEcsAgentApplication(DockerEngine.Options with { ImagePullBehavior = ImagePullBehavior.PreferCached })
            .AddDockerRuntime()
            .BuildServiceProvider();
    }

    public IContainerRuntime Runtime => _services.GetRequiredService<IContainerRuntime>();

    public static async Task<EngineOnDocker> StartAsync()
    {
        var engine = new EngineOnDocker();
        foreach (var service in engine._services.GetServices<IHostedService>())
        {
            await service.StartAsync(engine._patience.Token);
        }

        await engine.SendAsync(new RegisterContainerInstanceCommand());
        return engine;
    }

    /// <summary>Runs a task of one container.</summary>
    public async Task<string> RunAsync(string script, RestartPolicy policy)
    {
        var arn = $"arn:aws:ecs:us-west-2:123456789012:task/default/{Guid.NewGuid():n}";
        _arns = _arns.Add(arn);
        await SendAsync(new StartTasksCommand(
            [
                new TaskDefinition
                {
                    Arn = arn,
                    Family = "restarts",
                    Version = "1",
                    Containers =
                    [
                        new ContainerDefinition
                        {
                            Name = "main",
                            Image = DockerEngine.Image,
                            Essential = true,
                            Command = ["sh", "-c", script],
                            StopTimeout = TimeSpan.FromSeconds(1),
                            RestartPolicy = policy,
                        },
                    ],
                },
            ],
            []));
        return arn;
    }

    /// <summary>The task's one container, once it is as wanted.</summary>
    public async Task<EcsContainer> UntilAsync(string arn, Predicate<EcsContainer> condition)
    {
        try
        {
            return (await _tasks.WaitForAsync(task => task.Arn == arn && condition(task.Containers[0]), _patience.Token)).Containers[0];
        }
        catch (OperationCanceledException) when (_patience.IsCancellationRequested)
        {
            var container = _tasks.Latest[arn].Containers[0];
            throw new InvalidOperationException($"It stays {container.Known}, exit code {container.ExitCode}, {container.Error?.Reason}");
        }
    }

    public Task UntilReportedStoppedAsync(string arn) =>
        _tasks.WaitForAsync(task => task.Arn == arn && task.Sent == EcsTaskStatus.Stopped, _patience.Token);

    /// <summary>What the control plane was told of the task: status and exit code of each report's last entry.</summary>
    public ImmutableArray<(ReportedStatus Status, int? ExitCode)> Story(string arn) =>
        [.. _controlPlane.ReportsOf(arn).Select(report => (report.Status, report.Containers[^1].ExitCode))];

    public async ValueTask DisposeAsync()
    {
        foreach (var arn in _patience.IsCancellationRequested ? [] : _arns)
        {
            await SendAsync(new StopTaskCommand(arn, null));
            await UntilReportedStoppedAsync(arn);
            await SendAsync(new CleanUpTaskCommand(arn));
            await _services.GetRequiredService<ITaskDirectory>().ForgottenAsync(arn, _patience.Token);
        }

        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        _patience.Dispose();
    }

    private Task<T> SendAsync<T>(IRequest<T> request) => _services.GetRequiredService<ISender>().Send(request, _patience.Token);

    private sealed class Machine : IContainerInstanceProfile
    {
        public Task<ContainerInstanceRegistration> DescribeAsync(string cluster, bool registeredBefore, CancellationToken cancellationToken) => Task.FromResult(
            new ContainerInstanceRegistration { Cluster = cluster, ClientToken = "", Cpu = 4096, MemoryMiB = 4096, ReservedTcpPorts = [] });
    }
}
