using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Host.Agents;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Logging;
using Ecs.Agent.Host.Presentation;
using Ecs.Agent.LocalControlPlane;
using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.Protocol.EcsApi;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Local;

/// <summary><c>local run FILE</c>: one task from its definition to its end, for somebody who watches.</summary>
internal sealed class LocalRunSession(
    CommandConsole console, TextReader standardInput, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    private const string StartedBy = "ecs-agent local run";

    /// <summary>The agent reports a stop as soon as it happens.</summary>
    private static readonly TimeSpan ReportTime = TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(LocalRunOptions options, CancellationToken cancellationToken)
    {
        using var signals = StopSignals.OfProcess();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested, cancellationToken);
        try
        {
            return await RunAsync(options, signals, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (LocalStartException failure)
        {
            console.Error.WriteLine($"ecs-agent: {failure.Message}");
            return failure.ExitCode;
        }
    }

    private async Task<int> RunAsync(LocalRunOptions options, StopSignals signals, CancellationToken stopping)
    {
        var file = await TaskDefinitionFile.ReadAsync(options.File, standardInput, stopping);
        var read = TaskDefinitionReader.Read(file.Text, file.Name);
        var problems = read.Request is { } request ? TaskDefinitionValidator.Validate(request) : read.Problems;
        if (read.Request is null || !problems.IsEmpty)
        {
            console.Error.Write(ProblemReport.Render(options.File, problems));
            return ExitCodes.DefinitionInvalid;
        }

        var log = new LogTarget(console.Error, options.Verbose ? LogLevel.Debug : LogLevel.Error);
        var feed = new TaskFeed();
        await using var ecs = await LocalEcs.StartAsync(options.Port, environment, log, stopping);
        var agent = await ecs.AddAgentAsync(environment, log, services => services.AddSingleton<ITaskObserver>(feed).AddSingleton<IPullObserver>(feed), stopping);

        var definition = Register(ecs.ControlPlane.Api, read.Request);
        var presenter = new RunPresenter(
            [.. (definition.ContainerDefinitions ?? []).Select(container => container.Name ?? "")], console.Colours, console.IsTerminal);
        var writer = new LineWriter(console);
        void Show(RunEvent happened) => writer.Write(presenter.Render(happened));
        foreach (var note in read.Notes.Concat(ecs.ControlPlane.AdaptationOf(definition.TaskDefinitionArn!).Notes.Select(note => note.ToString())))
        {
            Show(new RunEvent.Note(note));
        }

        var started = time.GetTimestamp();
        var arn = Place(ecs.ControlPlane.Api, definition);
        Show(new RunEvent.Placed($"{definition.Family}:{definition.Revision}", arn));
        var watch = new TaskWatch(feed, new OutputFollower(agent.Services.GetRequiredService<IContainerLogs>(), Show, signals.Insisted), Show);
        try
        {
            var final = await WatchAsync(ecs.ControlPlane.Api, agent, watch, arn, signals, Show);
            var reason = await StoppedReasonAsync(ecs.ControlPlane, arn, signals.Insisted);
            var stopRequested = signals.Requested.IsCancellationRequested;
            Show(new RunEvent.Ended(final, reason, stopRequested, time.GetElapsedTime(started)));
            var exitCode = RunOutcome.ExitCode(final, stopRequested);
            if (exitCode != ExitCodes.Success)
            {
                await ExplainAsync(agent, arn, Show, signals.Insisted);
            }

            await LeaveAsync(ecs, final, options.Keep, Show, signals.Insisted);
            return exitCode;
        }
        catch (OperationCanceledException) when (signals.Insisted.IsCancellationRequested)
        {
            Show(new RunEvent.LeftRunning(watch.Latest));
            return ExitCodes.Interrupted;
        }
    }

    private static Protocol.EcsApi.TaskDefinition Register(EcsApi api, RegisterTaskDefinitionRequest request)
    {
        try
        {
            return api.RegisterTaskDefinition(request).TaskDefinition!;
        }
        catch (EcsApiException refusal)
        {
            throw new LocalStartException(ExitCodes.DefinitionInvalid, $"The definition is refused. {refusal.Code}: {refusal.Message}", refusal);
        }
    }

    private static string Place(EcsApi api, Protocol.EcsApi.TaskDefinition definition)
    {
        try
        {
            var response = api.RunTask(new RunTaskRequest { TaskDefinition = definition.TaskDefinitionArn, StartedBy = StartedBy });
            return response.Tasks is [{ TaskArn: { } arn }]
                ? arn
                : throw new LocalStartException(ExitCodes.TaskNotStarted, PlacementFailure.Describe(response.Failures ?? []));
        }
        catch (EcsApiException refusal)
        {
            throw new LocalStartException(ExitCodes.TaskNotStarted, $"The task is refused. {refusal.Code}: {refusal.Message}", refusal);
        }
    }

    /// <summary>The task as it was when it had stopped, by itself or because of the first Ctrl-C.</summary>
    private static async Task<EcsTask> WatchAsync(
        EcsApi api, AgentHost agent, TaskWatch watch, string arn, StopSignals signals, Action<RunEvent> show)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(signals.Insisted, agent.Stopping);
        using var onRequest = signals.Requested.Register(() =>
        {
            show(new RunEvent.Stopping());
            api.StopTask(new StopTaskRequest { Task = arn, Reason = "Stopped by Ctrl-C" });
        });
        try
        {
            return await watch.UntilStoppedAsync(arn, watching.Token);
        }
        catch (OperationCanceledException e) when (!signals.Insisted.IsCancellationRequested)
        {
            throw new LocalStartException(ExitCodes.TaskNotStarted, $"The agent has failed: {agent.Failure()?.Message}; --verbose shows its log", e);
        }
    }

    /// <summary>Why the task has stopped, in the words of the control plane; empty when it has not heard of the end in time.</summary>
    private static async Task<string> StoppedReasonAsync(LocalControlPlaneServer controlPlane, string arn, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ReportTime);
        var reason = "";
        try
        {
            await foreach (var task in controlPlane.Watch(arn, patience.Token))
            {
                reason = task.StoppedReason ?? "";
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is known of the reason will do.
        }

        return reason;
    }

    private static async Task ExplainAsync(AgentHost agent, string arn, Action<RunEvent> show, CancellationToken cancellationToken)
    {
        // What the containers wrote has been shown.
        var answer = await agent.Services.GetRequiredService<ISender>().Send(new ExplainTaskQuery(arn, LogLines: 0), cancellationToken);
        if (answer is ExplainTaskResult.Explained found)
        {
            show(new RunEvent.Explained(found.Task));
        }
    }

    private static async Task LeaveAsync(LocalEcs ecs, EcsTask task, bool keep, Action<RunEvent> show, CancellationToken insisted)
    {
        if (keep)
        {
            show(new RunEvent.Kept(task));
            return;
        }

        await ecs.CleanUpAsync(task, insisted);
    }
}
