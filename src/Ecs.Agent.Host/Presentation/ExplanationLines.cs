using System.Collections.Immutable;
using Ecs.Agent.Infrastructure.Operations.Wire;

namespace Ecs.Agent.Host.Presentation;

/// <summary>Lays explanations out for people. The sentences are the agents'; pure.</summary>
internal sealed class ExplanationLines(bool colours)
{
    private const int ContainerIndent = 2;

    private readonly Palette _palette = new(colours);

    /// <summary>All tasks, one line each, in columns.</summary>
    public IEnumerable<string> Of(ImmutableArray<TaskListDocument> agents)
    {
        var rows = agents.SelectMany(agent => agent.Tasks).Select(Row).ToArray();
        if (rows.Length == 0)
        {
            var one = agents.Length == 1;
            return [$"{(one ? "The agent" : $"The {agents.Length} agents")} of this machine {(one ? "has" : "have")} no tasks."];
        }

        var header = new[] { "TASK", "DEFINITION", "STATUS", "WHY" };
        var widths = Enumerable.Range(0, header.Length).Select(i => rows.Append(header).Max(row => row[i].Length)).ToArray();
        return rows.Prepend(header).Select((row, i) =>
        {
            var line = $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadRight(widths[2])}  {row[3]}";
            return i == 0 ? _palette.Strong(line) : line;
        });
    }

    /// <summary>One task, whole.</summary>
    public IEnumerable<string> Of(TaskDocument task)
    {
        yield return $"{_palette.Strong($"task {IdOf(task.TaskArn)}")} of {task.Family}:{task.Revision}";
        yield return $"  {task.TaskArn}";
        yield return $"  {Paint(task.KnownStatus, task.DesiredStatus, task.Text)}";
        foreach (var line in (task.Stop is { } stop ? Of(stop) : []).Concat(Of(task.Waits)))
        {
            yield return $"  {line}";
        }

        foreach (var container in task.Containers)
        {
            yield return "";
            foreach (var line in Of(container))
            {
                yield return line;
            }
        }
    }

    private static string[] Row(TaskSummaryDocument task) =>
    [
        IdOf(task.TaskArn),
        $"{task.Family}:{task.Revision}",
        task.KnownStatus == task.DesiredStatus ? task.KnownStatus : $"{task.KnownStatus} -> {task.DesiredStatus}",
        Printable.Text(task.Why),
    ];

    private static IEnumerable<string> Of(StopDocument stop)
    {
        for (var i = 0; i < stop.Text.Length; i++)
        {
            yield return Printable.Text(i == 0 ? stop.Text[i] : $"{new string(' ', 2 * (i - 1))}because {stop.Text[i]}");
        }

        if (stop.EndOrder.Length > 1)
        {
            yield return $"ended in this order: {string.Join(", ", stop.EndOrder)}";
        }
    }

    private IEnumerable<string> Of(ImmutableArray<WaitDocument> waits) =>
        waits.Select(wait => _palette.Attention(Printable.Text(wait.Text)));

    private IEnumerable<string> Of(ContainerDocument container)
    {
        var indent = new string(' ', ContainerIndent + 2);
        var essential = container.Essential ? "" : " (not essential)";
        yield return $"  {_palette.Strong(container.Name)}{essential}  {Paint(container.KnownStatus, container.DesiredStatus, container.Text)}";
        foreach (var line in Of(container.Waits))
        {
            yield return indent + line;
        }

        if (container.End is { } end)
        {
            var text = Printable.Text(end.Text);
            yield return indent + (end.ExitCode is 0 || end.Kind == "neverStarted" ? text : _palette.Bad(text));
        }

        if (container.Trouble is { } trouble)
        {
            yield return $"{indent}went on in spite of {_palette.Attention(Printable.Text(trouble))}";
        }

        if (container.RuntimeId is { Length: >= 12 } id)
        {
            yield return $"{indent}docker: {container.DockerName} {id[..12]}";
        }

        foreach (var line in container.Log is { } log ? Of(log, container.End is not null) : [])
        {
            yield return indent + line;
        }
    }

    private static IEnumerable<string> Of(LogDocument log, bool ended)
    {
        if (log.Problem is { } problem)
        {
            return [$"its output cannot be read: {Printable.Text(problem)}"];
        }

        // That one which runs has written nothing yet is not worth a line.
        return log.Lines.IsEmpty
            ? ended ? ["no output that could be read back"] : []
            : log.Lines.Select(line => $"| {Printable.Text(line.Text)}").Prepend("last output:");
    }

    private string Paint(string known, string desired, string text) => (known, desired) switch
    {
        ("STOPPED", _) => text,
        _ when known == desired => _palette.Good(text),
        _ => _palette.Attention(text),
    };

    private static string IdOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
