using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Logging;
using Ecs.Agent.Infrastructure.Configuration;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Agents;

/// <summary><c>run</c>: one agent, configured as the official one is, until SIGTERM or SIGINT. Its tasks outlive it.</summary>
internal sealed partial class StandaloneAgent(CommandConsole console, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Documented variables that are acted upon here and not by the agent itself.</summary>
    internal static readonly HashSet<string> HandledHere = [LogLevels.Variable];

    /// <summary>Gives the exit code, which the service unit of the official agent understands.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var signals = StopSignals.OfProcess();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested, cancellationToken);
        var target = new LogTarget(console.Error, LogLevels.Parse(environment.GetValueOrDefault(LogLevels.Variable)));
        using var loggers = LoggerFactory.Create(logging => logging.AddLogfmt(target));
        var logger = loggers.CreateLogger<StandaloneAgent>();
        try
        {
            var configuration = await AgentConfiguration.LoadAsync(environment, TimeProvider.System, HandledHere, stopping.Token);
            foreach (var warning in configuration.Warnings)
            {
                LogConfigurationWarning(logger, warning);
            }

            foreach (var error in configuration.Errors)
            {
                LogConfigurationError(logger, error);
            }

            if (configuration.Options is not { } options)
            {
                return ExitCodes.Failure;
            }

            await using var agent = AgentHost.Compose(options, environment, target);
            await agent.StartAsync(stopping.Token);
            return await RunUntilAsync(agent, logger, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (CheckpointException failure)
        {
            LogNoState(logger, failure.Message);
            return ExitCodes.Failure;
        }
        catch (ControlPlaneException failure)
        {
            LogRefused(logger, failure.Message);
            return ExitCodeOf(failure);
        }
        catch (Exception failure)
        {
            LogFailed(logger, failure);
            return ExitCodeOf(failure);
        }
    }

    private static async Task<int> RunUntilAsync(AgentHost agent, ILogger logger, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, agent.Stopping);
        await StartUpMemory.GiveBackAndIdleAsync(ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await agent.StopAsync(CancellationToken.None);
        if (agent.Failure() is { } failure && !stopping.IsCancellationRequested)
        {
            if (failure is CgroupException)
            {
                LogRefused(logger, failure.Message);
            }
            else
            {
                LogFailed(logger, failure);
            }

            return ExitCodeOf(failure);
        }

        LogStopped(logger);
        return ExitCodes.Success;
    }

    private static int ExitCodeOf(Exception failure) =>
        failure is ControlPlaneException { Kind: ControlPlaneFailureKind.Terminal } or CgroupException ? ExitCodes.Terminal : ExitCodes.Failure;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Configuration: {Warning}")]
    private static partial void LogConfigurationWarning(ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Error, Message = "Configuration: {Error}")]
    private static partial void LogConfigurationError(ILogger logger, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The agent cannot start without a place for its state: {Problem}")]
    private static partial void LogNoState(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The agent cannot start: {Problem}")]
    private static partial void LogRefused(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The agent has failed")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The agent has stopped; its tasks keep running")]
    private static partial void LogStopped(ILogger logger);
}
