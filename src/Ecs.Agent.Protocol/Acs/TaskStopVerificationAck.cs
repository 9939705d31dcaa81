namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>TaskStopVerificationAck</c>.</summary>
public sealed record TaskStopVerificationAck
{
    public long? GeneratedAt { get; init; }

    public string? MessageId { get; init; }

    public IReadOnlyList<TaskIdentifier>? StopTasks { get; init; }
}
