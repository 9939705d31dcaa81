namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>A GPU of the instance that one container of the task has to itself.</summary>
/// <param name="Id">The id it was registered with.</param>
/// <param name="Container">The container's name.</param>
public sealed record GpuAssignment(string Id, string Container);
