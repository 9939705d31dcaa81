namespace Ecs.Agent.Domain.Containers;

/// <summary>Mounts everything that <paramref name="SourceContainer"/> mounts.</summary>
public sealed record VolumeFrom(string SourceContainer, bool ReadOnly);
