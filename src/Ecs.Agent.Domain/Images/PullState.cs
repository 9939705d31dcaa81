using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Images;

/// <summary>Where one image stands in the pull queue.</summary>
/// <param name="Image">The reference, as the task definitions have it.</param>
/// <param name="TaskArns">Who wants it.</param>
/// <param name="Position">0 while it is being pulled, else its place in line, from 1.</param>
/// <param name="DownloadedBytes">Bytes of all layers that are here.</param>
/// <param name="TotalBytes">Bytes of all layers seen so far; 0 before the first is known.</param>
public sealed record PullState(string Image, ImmutableArray<string> TaskArns, int Position, long DownloadedBytes, long TotalBytes);
