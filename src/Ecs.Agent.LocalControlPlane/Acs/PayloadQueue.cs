using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.Acs;

/// <summary>
/// What one agent has to be told, in order: tasks that wait to be put into a message, and messages not acknowledged yet.
/// Only task ARNs are kept. What a message says about a task is read from the task when it is sent, so it is never out of date.
/// </summary>
internal sealed record PayloadQueue(ImmutableList<string> Waiting, ImmutableList<OutboundPayload> Unacknowledged)
{
    public static PayloadQueue Empty { get; } = new([], []);

    /// <summary>The agent has to hear of this task (again).</summary>
    public PayloadQueue Add(string taskArn) => Waiting.Contains(taskArn) ? this : this with { Waiting = Waiting.Add(taskArn) };

    /// <summary>Puts up to <paramref name="limit"/> waiting tasks into one message.</summary>
    public PayloadQueue Seal(string messageId, int seqNum, int limit)
    {
        var batch = Waiting.Take(limit).ToImmutableArray();
        return batch.IsEmpty
            ? this
            : new PayloadQueue(Waiting.RemoveRange(0, batch.Length), Unacknowledged.Add(new OutboundPayload(messageId, seqNum, batch)));
    }

    public PayloadQueue Acknowledge(string messageId) =>
        Unacknowledged.Any(payload => payload.MessageId == messageId)
            ? this with { Unacknowledged = Unacknowledged.RemoveAll(payload => payload.MessageId == messageId) }
            : this;

    /// <summary>
    /// A STOPPED task needs no further word. It also must not be sent again: an agent that forgot it would start it anew.
    /// </summary>
    public PayloadQueue Forget(string taskArn)
    {
        if (!Waiting.Contains(taskArn) && !Unacknowledged.Any(payload => payload.TaskArns.Contains(taskArn)))
        {
            return this;
        }

        var left = Unacknowledged.Select(payload => payload with { TaskArns = payload.TaskArns.Remove(taskArn) });
        return new PayloadQueue(Waiting.Remove(taskArn), [.. left.Where(payload => !payload.TaskArns.IsEmpty)]);
    }
}
