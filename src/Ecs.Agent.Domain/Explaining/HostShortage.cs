using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>One of the machine's resources that a task needs and that is not free.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Wanted">How much is needed: CPU units (1024 to a vCPU), MiB, or the number of the port.</param>
/// <param name="Free">How much is free, in the same unit; 0 for a port.</param>
/// <param name="Total">How much there is at all; 0 for a port.</param>
/// <param name="Holders">Who holds it, the biggest share first.</param>
public sealed record HostShortage(HostResourceKind Kind, int Wanted, int Free, int Total, ImmutableArray<HostShare> Holders);
