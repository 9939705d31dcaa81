using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Reporting;

/// <summary>One element of a report's <c>containers</c>.</summary>
public sealed record ContainerStateReport
{
    public required string ContainerName { get; init; }

    public required ReportedStatus Status { get; init; }

    public string? RuntimeId { get; init; }

    /// <summary><c>sha256:…</c></summary>
    public string? ImageDigest { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    /// <summary>Empty means the member is left out.</summary>
    public ImmutableArray<NetworkBinding> NetworkBindings { get; init; } = [];
}
