using System.Net.Sockets;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.CleanUpTask;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Host.Agents;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Logging;
using Ecs.Agent.Infrastructure.Configuration;
using Ecs.Agent.LocalControlPlane;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Local;

/// <summary>ECS on this machine: the embedded control plane and its agents, in this process, talking over the real protocols.</summary>
internal sealed class LocalEcs : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(20);

    private readonly ILoggerFactory _loggers;
    private readonly List<AgentHost> _agents = [];

    private LocalEcs(ILoggerFactory loggers, LocalControlPlaneServer controlPlane)
    {
        _loggers = loggers;
        ControlPlane = controlPlane;
    }

    public LocalControlPlaneServer ControlPlane { get; }

    /// <summary>The ECS API: <c>http://127.0.0.1:PORT</c></summary>
    public string Endpoint => ControlPlane.Endpoint.GetLeftPart(UriPartial.Authority);

    public IReadOnlyList<AgentHost> Agents => _agents;

    /// <summary>Starts the control plane; it has no instances yet.</summary>
    /// <exception cref="LocalStartException">The port cannot be had, or the configuration of the agents is wrong.</exception>
    public static async Task<LocalEcs> StartAsync(
        int port, IReadOnlyDictionary<string, string> environment, LogTarget log, CancellationToken cancellationToken)
    {
        var agents = await LoadAsync(LocalEnvironment.For(environment, LocalEnvironment.NoEndpoint), cancellationToken);
        var loggers = LoggerFactory.Create(logging => logging.AddLogfmt(log));
        try
        {
            var options = new LocalControlPlaneOptions { Port = port, Region = LocalEnvironment.Region, LoggingDrivers = [.. agents.LoggingDrivers] };
            return new LocalEcs(
                loggers, await LocalControlPlaneServer.StartAsync(options, loggers, TimeProvider.System, Guid.NewGuid, cancellationToken));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            loggers.Dispose();
            throw new LocalStartException(ExitCodes.TaskNotStarted, $"The ECS API cannot listen on 127.0.0.1:{port}: {e.Message}", e);
        }
    }

    /// <summary>Adds an agent and waits until the control plane can give it tasks.</summary>
    /// <exception cref="LocalStartException">Its configuration is wrong, Docker cannot be reached, or it does not connect.</exception>
    public async Task<AgentHost> AddAgentAsync(
        IReadOnlyDictionary<string, string> environment, LogTarget log, Action<IServiceCollection>? also, CancellationToken cancellationToken)
    {
        var own = LocalEnvironment.For(environment, Endpoint);
        var agent = AgentHost.Compose(await LoadAsync(own, cancellationToken), own, log, also);
        _agents.Add(agent);
        await RequireDockerAsync(agent, cancellationToken);
        await agent.StartAsync(cancellationToken);
        await WaitUntilConnectedAsync(agent, cancellationToken);
        return agent;
    }

    /// <summary>Removes what a stopped task has left in Docker.</summary>
    public async Task CleanUpAsync(EcsTask task, CancellationToken cancellationToken)
    {
        foreach (var agent in _agents)
        {
            var cleaned = await agent.Services.GetRequiredService<ISender>().Send(new CleanUpTaskCommand(task.Arn), cancellationToken);
            if (cleaned.Known)
            {
                var forgotten = agent.Services.GetRequiredService<ITaskDirectory>().ForgottenAsync(task.Arn, cancellationToken);
                await forgotten.WaitAsync(CleanUpTime, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.StopAsync(CancellationToken.None);
            await agent.DisposeAsync();
        }

        await ControlPlane.DisposeAsync();
        _loggers.Dispose();
    }

    private static async Task<AgentOptions> LoadAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var result = await AgentConfiguration.LoadAsync(environment, TimeProvider.System, null, cancellationToken);
        return result.Options
            ?? throw new LocalStartException(ExitCodes.TaskNotStarted, $"The environment cannot be used: {string.Join("; ", result.Errors)}");
    }

    private static async Task RequireDockerAsync(AgentHost agent, CancellationToken cancellationToken)
    {
        try
        {
            await agent.Services.GetRequiredService<IContainerRuntime>().GetInfoAsync(cancellationToken);
        }
        catch (Exception e) when (e is RuntimeException or ArgumentException)
        {
            throw new LocalStartException(
                ExitCodes.DockerUnreachable, $"Docker cannot be reached at {agent.Options.DockerHost.OriginalString}: {e.Message}", e);
        }
    }

    private async Task WaitUntilConnectedAsync(AgentHost agent, CancellationToken cancellationToken)
    {
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, agent.Stopping);
        alive.CancelAfter(ConnectTime);
        try
        {
            await ControlPlane.WaitForConnectedInstancesAsync(null, _agents.Count, alive.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = agent.Failure()?.Message ?? $"it has not connected within {ConnectTime.TotalSeconds} s";
            throw new LocalStartException(ExitCodes.TaskNotStarted, $"The agent cannot work: {reason}; --verbose shows its log", e);
        }
    }
}
