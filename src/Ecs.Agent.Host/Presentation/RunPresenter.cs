using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Host.Presentation;

/// <summary>
/// Turns what happens to a task into lines. Pure: the same event always gives the same lines. A container's own output reads
/// <c>name | text</c>; everything that this program has to say reads <c>name * text</c>, with <c>task</c> for the task as a whole.
/// </summary>
internal sealed class RunPresenter
{
    private const string TaskName = "task";

    // Longer names would push every line's text out of sight.
    private const int MaxNameColumn = 32;

    private readonly ImmutableArray<string> _containers;
    private readonly Palette _palette;
    private readonly int _nameColumn;
    private readonly bool _showsProgress;

    /// <param name="containers">The container names in the order of the definition.</param>
    /// <param name="colours">Whether to colour.</param>
    /// <param name="showsProgress">Whether passing lines make sense: only on a terminal.</param>
    public RunPresenter(ImmutableArray<string> containers, bool colours, bool showsProgress)
    {
        _containers = containers;
        _palette = new Palette(colours);
        _nameColumn = containers.Append(TaskName).Max(name => Math.Min(name.Length, MaxNameColumn));
        _showsProgress = showsProgress;
    }

    public IEnumerable<Line> Render(RunEvent happened) => happened switch
    {
        RunEvent.Note note => [OfTask($"note: {note.Text}")],
        RunEvent.Placed placed => [OfTask($"{placed.Revision} placed as {placed.TaskArn}")],
        RunEvent.Changed changed => RenderChange(changed.Before, changed.After),
        RunEvent.RegistryAsked asked => [OfContainer(asked.Container, $"asking the registry for {asked.Image}")],
        RunEvent.Pulling pulling => RenderPull(pulling),
        RunEvent.Output output => [new Line($"{Name(output.Container)} | {output.Text}")],
        RunEvent.Stopping => [OfTask(_palette.Attention("stopping as ECS does: TERM, then KILL after stopTimeout; press Ctrl-C again to leave it running"))],
        RunEvent.LeftRunning left => RenderLeft(left.Task),
        RunEvent.Ended ended => [OfTask(Summary(ended))],
        RunEvent.Explained explained => RunExplanation.Of(explained.Task).Select(text => OfTask(_palette.Attention(Printable.Text(text)))),
        RunEvent.Kept kept => RenderKept(kept.Task),
        _ => throw new InvalidOperationException($"No lines for {happened.GetType().Name}."),
    };

    private IEnumerable<Line> RenderChange(EcsTask? before, EcsTask after)
    {
        foreach (var container in after.Containers)
        {
            var earlier = before?.Containers.FirstOrDefault(other => other.Name == container.Name);
            foreach (var phrase in ContainerChanges.Between(earlier, container, _palette))
            {
                yield return OfContainer(container.Name, phrase);
            }
        }

        if (after.Known == EcsTaskStatus.Running && before?.Known != EcsTaskStatus.Running)
        {
            yield return OfTask(_palette.Good("RUNNING"));
        }

        // The end of an essential container, not somebody's wish, makes the task stop the others.
        if (after.ExecutionStoppedAt is not null && before is { ExecutionStoppedAt: null, Desired: not EcsTaskStatus.Stopped }
            && RunOutcome.FirstToEnd(after) is { } first
            && after.Containers.Any(container => container.IsRunning))
        {
            yield return OfTask($"essential container {first.Name} has stopped, so the others are being stopped");
        }
    }

    private IEnumerable<Line> RenderPull(RunEvent.Pulling pulling)
    {
        if (_showsProgress)
        {
            var done = Megabytes(pulling.Progress.DownloadedBytes);
            var all = Megabytes(pulling.Progress.TotalBytes);
            yield return new Line($"{Name(pulling.Container)} * pulling, {done} of {all} MB", Passing: true);
        }
    }

    private IEnumerable<Line> RenderLeft(EcsTask? task)
    {
        var running = task?.Containers.Where(container => container.IsRunning).ToArray() ?? [];
        if (running.Length == 0)
        {
            yield return OfTask("left; no container was running");
            yield break;
        }

        yield return OfTask(_palette.Attention($"left running: {string.Join(", ", running.Select(container => container.Name))}"));
        yield return OfTask($"to remove: docker rm -f {string.Join(' ', running.Select(container => container.DockerName))}");
    }

    private IEnumerable<Line> RenderKept(EcsTask task)
    {
        var kept = task.Containers.Where(container => container.RuntimeId is not null).Select(container => container.DockerName).ToArray();
        if (kept.Length > 0)
        {
            yield return OfTask($"containers kept; to remove: docker rm {string.Join(' ', kept)}");
        }
    }

    private string Summary(RunEvent.Ended ended)
    {
        var text = $"STOPPED after {Durations.Describe(ended.Elapsed)}: {Why(ended.Task, ended.Reason)}";
        return RunOutcome.ExitCode(ended.Task, ended.StopRequested) == 0 ? _palette.Good(text) : _palette.Bad(text);
    }

    /// <summary>The control plane's reason and the container that brought it about.</summary>
    private static string Why(EcsTask task, string reason)
    {
        var first = RunOutcome.FirstToEnd(task);
        var end = first switch
        {
            null => "",
            _ when RunOutcome.HasRun(first) => $"{first.Name} ended first, {ExitCode.Describe(first.ExitCode ?? 0)}",
            { Error: { } error } when !reason.Contains(error.Reason, StringComparison.Ordinal) => $"{first.Name} was not started, {error.Reason}",
            _ => $"{first.Name} was not started",
        };
        var parts = new[] { reason, reason.Contains(task.TerminalReason, StringComparison.Ordinal) ? "" : task.TerminalReason, end };
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    private Line OfTask(string text) => new($"{_palette.Of(-1, TaskName.PadRight(_nameColumn))} * {text}");

    private Line OfContainer(string name, string text) => new($"{Name(name)} * {text}");

    private string Name(string container) => _palette.Of(Math.Max(0, _containers.IndexOf(container)), container.PadRight(_nameColumn));

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
