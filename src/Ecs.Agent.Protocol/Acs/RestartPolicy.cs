namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>RestartPolicy</c>.</summary>
public sealed record RestartPolicy
{
    public bool? Enabled { get; init; }

    public IReadOnlyList<int>? IgnoredExitCodes { get; init; }

    public int? RestartAttemptPeriod { get; init; }
}
