using System.Collections.Immutable;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Application.Tasks;

/// <summary>Which images are being pulled and which are in line for it, for explaining.</summary>
public interface IPullQueue
{
    /// <summary>The queue as it is now: those in progress, then those that wait, first come first.</summary>
    ImmutableArray<PullState> Snapshot();
}
