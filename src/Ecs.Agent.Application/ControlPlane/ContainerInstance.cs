namespace Ecs.Agent.Application.ControlPlane;

/// <summary>Who this machine is to the control plane.</summary>
/// <param name="Arn">The container instance ARN.</param>
/// <param name="Cluster">The cluster name or ARN in effect from now on.</param>
/// <param name="AvailabilityZone">From the attribute <c>ecs.availability-zone</c>, or null.</param>
public sealed record ContainerInstance(string Arn, string Cluster, string? AvailabilityZone);
