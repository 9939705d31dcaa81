namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ContainerRestartPolicy</c>.</summary>
public sealed record ContainerRestartPolicy
{
    /// <summary>Required.</summary>
    public bool? Enabled { get; init; }

    public IReadOnlyList<int>? IgnoredExitCodes { get; init; }

    public int? RestartAttemptPeriod { get; init; }
}
