using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Images;

/// <summary>One image pull that is wanted, as an operator asks for it.</summary>
/// <param name="Image">The reference, as the first task that wanted it has it.</param>
/// <param name="Digest">The digest that is pulled; null where none could be looked up.</param>
/// <param name="TaskArns">The tasks that wait for it, in the order of their admission.</param>
/// <param name="Position">0 while bytes move for it, else its place in the queue from 1 up.</param>
/// <param name="DownloadedBytes">Bytes of all layers that are here.</param>
/// <param name="TotalBytes">Bytes of all layers seen so far; grows while layers are discovered, 0 before the first.</param>
public sealed record PullState(
    string Image, string? Digest, ImmutableArray<string> TaskArns, int Position, long DownloadedBytes, long TotalBytes);
