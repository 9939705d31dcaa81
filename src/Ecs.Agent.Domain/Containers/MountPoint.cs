namespace Ecs.Agent.Domain.Containers;

/// <summary>Mounts the task's volume <paramref name="SourceVolume"/> at <paramref name="ContainerPath"/>.</summary>
public sealed record MountPoint(string SourceVolume, string ContainerPath, bool ReadOnly);
