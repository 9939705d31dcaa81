using System.Collections.Immutable;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>Every pull begins at once and nobody counts its bytes.</summary>
internal sealed class NoPullQueue : IPullQueue
{
    public ImmutableArray<PullState> Snapshot() => [];
}
