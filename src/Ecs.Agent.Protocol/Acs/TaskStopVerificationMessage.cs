namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>TaskStopVerificationMessage</c>.</summary>
public sealed record TaskStopVerificationMessage
{
    public string? MessageId { get; init; }

    public IReadOnlyList<TaskIdentifier>? StopCandidates { get; init; }
}
