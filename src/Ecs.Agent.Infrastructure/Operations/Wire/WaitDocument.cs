using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>One thing that is waited for. Which of the optional members are there follows from <see cref="Kind"/>.</summary>
public sealed record WaitDocument
{
    /// <summary>
    /// <c>dependency</c>, <c>dependants</c>, <c>hostResources</c>, <c>registration</c>, <c>imagePull</c>, <c>volume</c>,
    /// <c>credentials</c>, <c>stopSignal</c>, <c>step</c> or <c>cleanUp</c>.
    /// </summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>When the wait ends whatever happens: given up, killed or removed then.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The containers that are waited for.</summary>
    public ImmutableArray<string>? Containers { get; init; }

    /// <summary>What they must do: <c>CREATE</c>, <c>START</c>, <c>COMPLETE</c>, <c>SUCCESS</c> or <c>HEALTHY</c>.</summary>
    public string? Condition { get; init; }

    /// <summary>The machine's resources that are not free.</summary>
    public ImmutableArray<ShortageDocument>? Resources { get; init; }

    /// <summary>The place in the line of tasks or in the pull queue, from 1; 0 for an image that is being pulled.</summary>
    public int? Place { get; init; }

    /// <summary>The tasks that are before it in line.</summary>
    public ImmutableArray<string>? Ahead { get; init; }

    public string? Image { get; init; }

    public long? DownloadedBytes { get; init; }

    public long? TotalBytes { get; init; }

    public string? Resource { get; init; }

    public string? Role { get; init; }

    /// <summary>The step in flight, such as <c>CreateContainer</c>.</summary>
    public string? Step { get; init; }
}
