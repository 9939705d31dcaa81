using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Host.Logging;
using Ecs.Agent.Infrastructure;
using Ecs.Agent.Infrastructure.ControlPlane;
using Ecs.Agent.Infrastructure.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ecs.Agent.Host.Agents;

/// <summary>One agent in this process.</summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly IHost _host;

    private AgentHost(IHost host, AgentOptions options)
    {
        _host = host;
        Options = options;
    }

    public AgentOptions Options { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Cancelled when the agent is stopping, also by itself because a part of it has failed.</summary>
    public CancellationToken Stopping => Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>Composes an agent; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Its configuration.</param>
    /// <param name="environment">The environment it finds its credentials in, and where its operator's socket goes.</param>
    /// <param name="log">Where it logs to.</param>
    /// <param name="also">Registers what the caller adds: observers.</param>
    public static AgentHost Compose(
        AgentOptions options, IReadOnlyDictionary<string, string> environment, LogTarget log, Action<IServiceCollection>? also = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddLogfmt(log);
        also?.Invoke(builder.Services);
        builder.Services.AddEcsAgent(options, environment, AgentBuild.Of(typeof(AgentHost).Assembly));
        builder.Services.AddOperatorSocket(environment);
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        return new AgentHost(builder.Build(), options);
    }

    public Task StartAsync(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    /// <summary>What a part of the agent failed with, or null.</summary>
    public Exception? Failure() => Services.GetServices<IHostedService>()
        .OfType<BackgroundService>()
        .Select(service => service.ExecuteTask)
        .FirstOrDefault(execution => execution is { IsFaulted: true })?.Exception?.InnerException;

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            _host.Dispose();
        }
    }
}
