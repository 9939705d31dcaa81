using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>A container's state as it is stored: everything of it but its definition. No secrets.</summary>
internal sealed class ContainerStateRecord
{
    public string DockerName { get; set; } = "";

    public ContainerStatus Known { get; set; }

    public DateTimeOffset KnownSince { get; set; }

    public ContainerStatus Desired { get; set; }

    public ContainerStatus Sent { get; set; }

    public string? RuntimeId { get; set; }

    public string? ImageDigest { get; set; }

    public string? ImageId { get; set; }

    public bool PullRequired { get; set; } = true;

    public int? ExitCode { get; set; }

    public ContainerError? Error { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? UpSince { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public List<NetworkBinding> NetworkBindings { get; set; } = [];

    public HealthStatus Health { get; set; }

    public int RestartCount { get; set; }

    public DateTimeOffset? LastRestartAt { get; set; }

    public bool RestartDue { get; set; }

    public bool PullBegan { get; set; }

    public bool DigestResolved { get; set; }

    public ContainerDependency? FailedDependency { get; set; }

    public StopAttempt? StopAttempt { get; set; }

    public bool StartedAgain { get; set; }

    public int HintsHeard { get; set; }

    public int HintsAnswered { get; set; }

    public bool Unconfirmed { get; set; }

    public DateTimeOffset? LastLookAt { get; set; }

    public bool Removed { get; set; }

    public static ContainerStateRecord Of(EcsContainer container) => new()
    {
        DockerName = container.DockerName,
        Known = container.Known,
        KnownSince = container.KnownSince,
        Desired = container.Desired,
        Sent = container.Sent,
        RuntimeId = container.RuntimeId,
        ImageDigest = container.ImageDigest,
        ImageId = container.ImageId,
        PullRequired = container.PullRequired,
        ExitCode = container.ExitCode,
        Error = container.Error,
        CreatedAt = container.CreatedAt,
        UpSince = container.UpSince,
        StartedAt = container.StartedAt,
        FinishedAt = container.FinishedAt,
        NetworkBindings = [.. container.NetworkBindings],
        Health = container.Health,
        RestartCount = container.RestartCount,
        LastRestartAt = container.LastRestartAt,
        RestartDue = container.RestartDue,
        PullBegan = container.PullBegan,
        DigestResolved = container.DigestResolved,
        FailedDependency = container.FailedDependency,
        StopAttempt = container.StopAttempt,
        StartedAgain = container.StartedAgain,
        HintsHeard = container.HintsHeard,
        HintsAnswered = container.HintsAnswered,
        Unconfirmed = container.Unconfirmed,
        LastLookAt = container.LastLookAt,
        Removed = container.Removed,
    };

    public EcsContainer ToContainer(ContainerDefinition definition) => new()
    {
        Definition = definition,
        DockerName = DockerName,
        Known = Known,
        KnownSince = KnownSince,
        Desired = Desired,
        Sent = Sent,
        RuntimeId = RuntimeId,
        ImageDigest = ImageDigest,
        ImageId = ImageId,
        PullRequired = PullRequired,
        ExitCode = ExitCode,
        Error = Error,
        CreatedAt = CreatedAt,
        UpSince = UpSince,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        NetworkBindings = [.. NetworkBindings],
        Health = Health,
        RestartCount = RestartCount,
        LastRestartAt = LastRestartAt,
        RestartDue = RestartDue,
        PullBegan = PullBegan,
        DigestResolved = DigestResolved,
        FailedDependency = FailedDependency,
        StopAttempt = StopAttempt,
        StartedAgain = StartedAgain,
        HintsHeard = HintsHeard,
        HintsAnswered = HintsAnswered,
        Unconfirmed = Unconfirmed,
        LastLookAt = LastLookAt,
        Removed = Removed,
    };
}
