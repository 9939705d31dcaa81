namespace Ecs.Agent.Application.Runtime;

/// <summary>How far a pull has come.</summary>
/// <param name="DownloadedBytes">Bytes of all layers that are here.</param>
/// <param name="TotalBytes">Bytes of all layers seen so far; grows while layers are discovered.</param>
public sealed record PullProgress(long DownloadedBytes, long TotalBytes);
