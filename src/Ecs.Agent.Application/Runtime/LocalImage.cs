using System.Collections.Immutable;

namespace Ecs.Agent.Application.Runtime;

/// <summary>An image on this machine.</summary>
/// <param name="Id"><c>sha256:…</c> of its configuration.</param>
/// <param name="RepoDigests"><c>repository@sha256:…</c> for each registry it came from; empty when it was loaded or built here.</param>
/// <param name="EnvironmentNames">The names, not the values, of the variables that the image itself sets.</param>
/// <param name="SizeBytes">Its size on disk.</param>
public sealed record LocalImage(string Id, ImmutableArray<string> RepoDigests, ImmutableArray<string> EnvironmentNames, long SizeBytes);
