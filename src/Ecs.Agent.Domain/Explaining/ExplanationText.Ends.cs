using System.Globalization;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Explaining;

/// <content>How containers ended and what made their task stop.</content>
public static partial class ExplanationText
{
    /// <summary>A clause without a subject: <c>ended with exit code 3</c>.</summary>
    public static string Describe(ContainerEnd end, ContainerExplanation container)
    {
        ArgumentNullException.ThrowIfNull(end);
        ArgumentNullException.ThrowIfNull(container);
        return end switch
        {
            ContainerEnd.Exited { ExitCode: { } code } e => Exit(ExitCode.Of(code), e),
            ContainerEnd.Exited e => $"ended; Docker gave no exit code{Said(e.Error)}",
            ContainerEnd.OutOfMemory e => OutOfMemory(e, container),
            ContainerEnd.Vanished => "is gone: somebody has removed it from Docker, and its exit code with it",
            ContainerEnd.GivenUp { Dependency: { } edge } e => $"{GivenUpFor(edge, e.TimedOut)}: {e.Error.Reason}",
            ContainerEnd.GivenUp e => $"was not started, because of a dependency: {e.Error.Reason}",
            ContainerEnd.NotStarted { Stage: LaunchStage.Image } e =>
                $"was not started, because image {container.Image} cannot be had: {e.Error.Reason}",
            ContainerEnd.NotStarted { Stage: LaunchStage.Creation } e => $"could not be created: {e.Error.Reason}",
            ContainerEnd.NotStarted e => $"could not be started: {e.Error.Reason}",
            ContainerEnd.NeverStarted => "was stopped before it was started",
            _ => throw new ArgumentOutOfRangeException(nameof(end), end.GetType().Name, "An end without words."),
        };
    }

    /// <summary>What made the task stop, each sentence the reason for the one before; empty while it should run.</summary>
    public static IReadOnlyList<string> Causes(TaskExplanation task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Stop is not { } stop ? [] : [Cause(stop, task), .. stop.Culprits.Select(name => Culprit(name, task))];
    }

    private static string Cause(StopStory stop, TaskExplanation task)
    {
        var reason = stop.Reason.Length > 0 ? $": {stop.Reason}" : "";
        return stop.Cause switch
        {
            StopCause.Requested c => $"The control plane or an operator asked for the stop at {Phrases.Time(c.At, task.At)}{reason}",
            StopCause.EssentialContainer c =>
                $"Essential container {c.Container} {(Ran(task, c.Container) ? "ended" : "did not come up")}, which the agent knew at "
                + $"{Phrases.Time(c.At, task.At)}, and took the task with it{reason}",
            StopCause.Image c =>
                $"The image of {c.Container} cannot be had, and the pull behaviour forbids to go on without "
                + $"({Phrases.Time(c.At, task.At)}){reason}",
            StopCause.Resource c => $"{char.ToUpperInvariant(c.Key[0])}{c.Key[1..]} cannot be had ({Phrases.Time(c.At, task.At)}){reason}",
            StopCause.HostResources c => $"This machine can never give what the task needs ({Phrases.Time(c.At, task.At)}){reason}",
            StopCause.Refused c => $"The task was refused at {Phrases.Time(c.At, task.At)} and nothing of it was begun{reason}",
            null => $"All containers have ended, none of them essential{reason}",
            _ => throw new InvalidOperationException($"A stop cause without words: {stop.Cause.GetType().Name}."),
        };
    }

    private static bool Ran(TaskExplanation task, string container) => task.Find(container) is { HasRun: true };

    private static string Culprit(string name, TaskExplanation task) => task.Find(name) switch
    {
        // Without the text of ECS, which is long and stands with the container.
        { End: ContainerEnd.GivenUp { Dependency: { } edge } end } => $"{name} {GivenUpFor(edge, end.TimedOut)}",
        { End: { } end } container => $"{name} {Describe(end, container)}",
        { Trouble: { } trouble } => $"{name}: {trouble.Reason}",
        { } container => $"{name} is {Phrases.Status(container.Known)}",
        null => $"{name} is not part of the task",
    };

    private static string GivenUpFor(ContainerDependency edge, bool timedOut) => timedOut
        ? $"was not started, because {edge.ContainerName} did not {Demand(edge.Condition)} within its startTimeout"
        : $"was not started, because {edge.ContainerName} can never {Demand(edge.Condition)}";

    private static string Exit(ExitCode code, ContainerEnd.Exited end)
    {
        var number = ExitCode.Describe(code.Number);
        return end.Response switch
        {
            StopResponse.Killed r =>
                $"did not heed its stop signal within {Phrases.Duration(r.Attempt.GracePeriod)} and was killed, {number}{Said(end.Error)}",
            StopResponse.Heeded r when code is ExitCode.Signal { Value: 9 } =>
                $"was killed by others {Phrases.Duration(r.After)} after its stop signal, before its grace period of "
                + $"{Phrases.Duration(r.Attempt.GracePeriod)} was over, {number}{Said(end.Error)}",
            StopResponse.Heeded r => $"heeded its stop signal after {Phrases.Duration(r.After)}, {number}{Said(end.Error)}",
            StopResponse.Unseen => $"ended while the task was being stopped, {number}{Said(end.Error)}",
            _ => $"ended by itself, {number}{Hint(code)}{Said(end.Error)}",
        };
    }

    /// <summary>Where to look, for ends that nobody asked for.</summary>
    private static string Hint(ExitCode code) => code switch
    {
        ExitCode.Signal { Value: 9 } =>
            "; Docker's out-of-memory flag is not set, so somebody killed it (docker kill), "
            + "or the machine itself ran out of memory (dmesg)",
        ExitCode.Signal { Value: 15 } => "; something other than this agent sent it TERM (docker stop), or it did so itself",
        ExitCode.Signal { Value: 4 or 7 or 8 or 11 } => "; it crashed",
        ExitCode.Signal { Value: 6 } => "; it aborted itself (assertion, abort())",
        _ => "",
    };

    private static string OutOfMemory(ContainerEnd.OutOfMemory end, ContainerExplanation container)
    {
        var code = end.ExitCode is { } number ? $", {ExitCode.Describe(number)}" : "";
        var limit = container.MemoryMiB > 0
            ? string.Create(CultureInfo.InvariantCulture, $"its limit is {container.MemoryMiB} MiB")
            : "it has no limit of its own, so its task's limit or the machine's memory was used up";
        return $"was killed for its memory (Docker's out-of-memory flag is set){code}; {limit}";
    }

    private static string Said(ContainerError? error) => error is null ? "" : $"; {error.Reason}";
}
