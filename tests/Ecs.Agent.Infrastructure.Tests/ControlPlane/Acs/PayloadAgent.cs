using System.Text;
using Ecs.Agent.Application;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Ecs.Agent.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

/// <summary>The whole engine on fakes and virtual time, fed with frames: what goes in is JSON, what comes out are reports and answers.</summary>
internal sealed class PayloadAgent : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly AcsMessageHandler _handler;
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    private PayloadAgent()
    {
        // A guard against a test that would wait for ever; nothing is timed by it.
        _patience.CancelAfter(TimeSpan.FromSeconds(60));
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Runtime = new FakeContainerRuntime(time);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IContainerRuntime>(Runtime);
        services.AddSingleton<IImageStore>(Runtime);
        services.AddSingleton<IImageDisk>(Runtime);
        services.AddSingleton<IHostContainers>(Runtime);
        services.AddSingleton<IVolumeStore>(Runtime);
        services.AddSingleton<IContainerEvents>(Runtime);
        services.AddSingleton<IControlPlane>(ControlPlane);
        services.AddSingleton<IIdentifiers>(new SequentialIdentifiers());
        services.AddSingleton<IContainerInstanceProfile>(new Profile());
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        var options = new AgentOptions { Region = "eu-test-1", ShutdownReportTimeout = TimeSpan.Zero };
        services.AddEcsAgentApplication(options);
        _services = services.BuildServiceProvider();
        var sender = _services.GetRequiredService<ISender>();
        _handler = new AcsMessageHandler(
            new PayloadHandler(sender, new SequentialIdentifiers(), options, NullLogger<PayloadHandler>.Instance),
            new ManifestHandler(_services.GetRequiredService<ITaskDirectory>(), sender, new RecordedManifestNumber(), NullLogger<ManifestHandler>.Instance),
            new CredentialsHandler(sender, NullLogger<CredentialsHandler>.Instance),
            NullLogger<AcsMessageHandler>.Instance);
    }

    public FakeContainerRuntime Runtime { get; }

    public FakeControlPlane ControlPlane { get; } = new();

    public RecordingReplies Replies { get; } = new();

    public ITaskDirectory Tasks => _services.GetRequiredService<ITaskDirectory>();

    public static async Task<PayloadAgent> StartAsync()
    {
        var agent = new PayloadAgent();
        foreach (var service in agent._services.GetServices<IHostedService>())
        {
            await service.StartAsync(agent._patience.Token);
        }

        await agent._services.GetRequiredService<ISender>().Send(new RegisterContainerInstanceCommand(), agent._patience.Token);
        return agent;
    }

    public static string Arn(int task) => $"arn:aws:ecs:eu-test-1:111122223333:task/lab/{task:x32}";

    /// <summary>Handles one payload with these entries of <c>tasks</c>.</summary>
    public Task ReceiveAsync(params string[] tasks) => ReceiveFrameAsync(
        """{"type":"PayloadMessage","message":{"messageId":"p","clusterArn":"c","containerInstanceArn":"i","tasks":["""
        + string.Join(',', tasks) + "]}}");

    public Task ReceiveFrameAsync(string frame) =>
        _handler.HandleAsync(AcsFrames.Decode(Encoding.UTF8.GetBytes(frame)), Replies, _patience.Token);

    public Task UntilAsync(Func<FakeControlPlane, bool> condition) => ControlPlane.WaitForAsync(condition, _patience.Token);

    public Task UntilReportedAsync(ReportedStatus status, int task = 1) =>
        UntilAsync(c => c.ReportsOf(Arn(task)).Any(report => report.Status == status));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        _patience.Dispose();
    }

    /// <summary>2 vCPU, 4 GiB, one GPU.</summary>
    private sealed class Profile : IContainerInstanceProfile
    {
        public Task<ContainerInstanceRegistration> DescribeAsync(
            string clientToken, bool registeredBefore, CancellationToken cancellationToken) =>
            Task.FromResult(new ContainerInstanceRegistration
            {
                Cluster = "lab",
                ClientToken = clientToken,
                Cpu = 2048,
                MemoryMiB = 4096,
                GpuIds = ["GPU-a"],
            });
    }
}
