using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>A resource of the machine that is wanted and not free.</summary>
/// <param name="Kind"><c>CPU</c> (1024 units to a vCPU), <c>MEMORY</c> (MiB), <c>PORTS_TCP</c> or <c>PORTS_UDP</c>.</param>
/// <param name="Wanted">How much, or the number of the port.</param>
/// <param name="Free">How much is free; 0 for a port.</param>
/// <param name="Total">How much there is; 0 for a port.</param>
/// <param name="HeldBy">By whom, the biggest share first.</param>
public sealed record ShortageDocument(string Kind, int Wanted, int Free, int Total, ImmutableArray<ShareDocument> HeldBy);
