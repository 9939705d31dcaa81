using System.Collections.Immutable;

namespace Ecs.Agent.Domain.HostResources;

/// <summary>What came of a change to the queue.</summary>
/// <param name="Queue">The queue from now on.</param>
/// <param name="Granted">Tasks that hold what they need now.</param>
/// <param name="Refused">Tasks that can never hold it on this machine; they neither hold nor wait.</param>
public sealed record HostResourceDecision(
    HostResourceQueue Queue, ImmutableArray<string> Granted, ImmutableArray<HostResourceRefusal> Refused);
