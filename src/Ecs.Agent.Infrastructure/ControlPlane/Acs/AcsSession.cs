using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// Keeps the task channel open for as long as the agent runs: waits for the registration, connects, handles what comes, connects again.
/// </summary>
internal sealed partial class AcsSession(
    AgentIdentity self,
    IContainerRuntime runtime,
    PollEndpointCache endpoints,
    IAcsDialer dialer,
    AcsMessageHandler handler,
    AgentBuild build,
    TimeProvider time,
    IIdentifiers identifiers,
    ILogger<AcsSession> logger) : BackgroundService
{
    private static readonly TimeSpan BackoffReset = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BackoffResetJitter = TimeSpan.FromMinutes(1);

    private bool _credentialsWanted = true;
    private string? _dockerVersion;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var instance = await self.RegisteredAsync(stoppingToken);
            await StayConnectedAsync(instance, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends. No close frame: the control plane sees the stream end, as with the official agent.
        }
    }

    private async Task StayConnectedAsync(ContainerInstance instance, CancellationToken stopping)
    {
        var policy = default(ReconnectPolicy);
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            var begun = time.GetTimestamp();
            var resetAfter = BackoffReset + (BackoffResetJitter * identifiers.NextFraction());
            var (end, heardAnything, connected) = await ConnectOnceAsync(instance, stopping);
            if (connected && time.GetElapsedTime(begun) >= resetAfter)
            {
                policy = default;
            }

            (var delay, policy) = policy.After(end, heardAnything, identifiers.NextFraction());
            LogEnd(end, delay);
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, time, stopping);
            }
        }
    }

    private async Task<(SessionEnd End, bool HeardAnything, bool Connected)> ConnectOnceAsync(
        ContainerInstance instance, CancellationToken stopping)
    {
        try
        {
            var endpoint = await endpoints.GetAsync(instance, stopping);
            _dockerVersion ??= await FindDockerVersionAsync(stopping);
            var url = AcsUrl.Of(endpoint.Acs, instance, build, _dockerVersion, _credentialsWanted);
            var socket = await dialer.DialAsync(url, stopping);
            _credentialsWanted = false;
            LogConnected(endpoint.Acs);
            await using var connection = new AcsConnection(socket, time, identifiers);
            var end = await connection.RunAsync(handler, stopping);
            return (end, connection.HeardAnything, Connected: true);
        }
        catch (HandshakeException refused)
        {
            return (refused.IsInactiveInstance ? new SessionEnd.InactiveInstance() : new SessionEnd.Failed(refused.Message), false, false);
        }
        catch (ControlPlaneException failure)
        {
            return (new SessionEnd.Failed(failure.Message), false, false);
        }
    }

    private async Task<string?> FindDockerVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await runtime.GetInfoAsync(cancellationToken)).ServerVersion;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    private void LogEnd(SessionEnd end, TimeSpan delay)
    {
        switch (end)
        {
            case SessionEnd.Closed closed:
                LogClosed(closed.Code, delay);
                break;
            case SessionEnd.Dropped:
                LogDropped(delay);
                break;
            case SessionEnd.InactiveInstance:
                LogInactive(delay);
                break;
            case SessionEnd.Failed failed:
                LogFailed(failed.Problem, delay);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "connected to the control plane at {Endpoint}")]
    private partial void LogConnected(Uri endpoint);

    [LoggerMessage(LogLevel.Information, "the control plane closed the connection with {Code}; connecting again in {Delay}")]
    private partial void LogClosed(int code, TimeSpan delay);

    [LoggerMessage(LogLevel.Information, "the connection to the control plane ended; connecting again in {Delay}")]
    private partial void LogDropped(TimeSpan delay);

    [LoggerMessage(LogLevel.Error, "the control plane says that this container instance was deregistered; trying again in {Delay}")]
    private partial void LogInactive(TimeSpan delay);

    [LoggerMessage(LogLevel.Warning, "no connection to the control plane: {Problem}; trying again in {Delay}")]
    private partial void LogFailed(string problem, TimeSpan delay);
}
