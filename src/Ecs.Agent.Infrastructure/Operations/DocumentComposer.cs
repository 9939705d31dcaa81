using System.Collections.Immutable;
using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Operations.Wire;

namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>Puts explanations on the wire.</summary>
internal static class DocumentComposer
{
    public static TaskListDocument Compose(AgentDocument agent, ImmutableArray<TaskExplanation> tasks) => new()
    {
        Agent = agent,
        Tasks =
        [
            .. tasks.Select(task => new TaskSummaryDocument
            {
                TaskArn = task.Arn,
                Family = task.Family,
                Revision = task.Revision,
                DesiredStatus = WireName.Of(task.Desired),
                KnownStatus = WireName.Of(task.Known),
                KnownSince = task.KnownSince,
                Why = ExplanationText.Summary(task),
            }),
        ],
    };

    public static TaskDocument Compose(AgentDocument agent, TaskExplanation task, ImmutableArray<LogTail> tails) => new()
    {
        Agent = agent,
        TaskArn = task.Arn,
        Family = task.Family,
        Revision = task.Revision,
        DesiredStatus = WireName.Of(task.Desired),
        KnownStatus = WireName.Of(task.Known),
        KnownSince = task.KnownSince,
        SentStatus = WireName.Of(task.Sent),
        ExplainedAt = task.At,
        Text = ExplanationText.State(task),
        Why = ExplanationText.Summary(task),
        Waits = [.. task.Waits.Select(wait => WaitComposer.Compose(wait, task))],
        Stop = task.Stop is { } stop ? Compose(stop, task) : null,
        Containers = [.. task.Containers.Select(c => Compose(c, task, tails.FirstOrDefault(tail => tail.Container == c.Name)))],
    };

    private static ContainerDocument Compose(ContainerExplanation container, TaskExplanation task, LogTail? tail) => new()
    {
        Name = container.Name,
        Image = container.Image,
        Essential = container.Essential,
        DockerName = container.DockerName,
        RuntimeId = container.RuntimeId,
        DesiredStatus = WireName.Of(container.Desired),
        KnownStatus = WireName.Of(container.Known),
        KnownSince = container.KnownSince,
        Health = container.Health is { } health ? WireName.Of(health) : null,
        RestartCount = container.RestartCount,
        Text = ExplanationText.State(container, task.At),
        Trouble = container.Trouble?.Reason,
        Waits = [.. container.Waits.Select(wait => WaitComposer.Compose(wait, task))],
        End = container.End is { } end ? EndComposer.Compose(end, container) : null,
        Log = tail is null ? null : Compose(tail),
    };

    private static LogDocument Compose(LogTail tail) =>
        new([.. tail.Lines.Select(line => new LogLineDocument(line.IsError ? "stderr" : "stdout", line.Text))], tail.Problem);

    private static StopDocument Compose(StopStory stop, TaskExplanation task) => new()
    {
        Cause = stop.Cause switch
        {
            StopCause.Requested => "requested",
            StopCause.EssentialContainer => "essentialContainer",
            StopCause.Image => "image",
            StopCause.Resource => "resource",
            StopCause.HostResources => "hostResources",
            StopCause.Refused => "refused",
            null => "allEnded",
            _ => throw new ArgumentOutOfRangeException(nameof(stop), stop.Cause.GetType().Name, "A stop cause without a name on the wire."),
        },
        At = stop.Cause?.At,
        Reason = stop.Reason,
        Culprits = stop.Culprits,
        EndOrder = stop.EndOrder,
        Text = [.. ExplanationText.Causes(task)],
    };
}
