namespace Ecs.Agent.Domain.Images;

/// <summary>The disk that images are kept on.</summary>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What the agent's user may still write.</param>
public readonly record struct DiskSpace(long TotalBytes, long FreeBytes);
