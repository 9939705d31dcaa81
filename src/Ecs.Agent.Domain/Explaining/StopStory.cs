using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>Why a task stops or has stopped: the causal chain.</summary>
/// <param name="Cause">The first link; null when all containers, none of them essential, ended one after the other.</param>
/// <param name="Reason">The task's own reason as the control plane gets it; may be empty.</param>
/// <param name="Culprits">
/// From the container that the cause names back to the one at the root of it: each was given up for a failure of the next. Empty when no
/// container is to blame.
/// </param>
/// <param name="EndOrder">The containers that have ended, in the order in which they did.</param>
public sealed record StopStory(StopCause? Cause, string Reason, ImmutableArray<string> Culprits, ImmutableArray<string> EndOrder);
