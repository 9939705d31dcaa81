using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Images;

/// <summary>An image of this machine as the runtime lists it, whoever brought it.</summary>
/// <param name="Id"><c>sha256:…</c> of its configuration.</param>
/// <param name="Tags">Its names in familiar form, <c>name:tag</c>; empty for a dangling image.</param>
/// <param name="CreatedAt">When it was built, not when it came here.</param>
/// <param name="SizeBytes">Its size on disk, layers shared with other images included.</param>
public sealed record HostImage(string Id, ImmutableArray<string> Tags, DateTimeOffset CreatedAt, long SizeBytes);
