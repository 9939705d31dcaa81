namespace Ecs.Agent.Application.Registration;

/// <summary>Who this agent was in its earlier life.</summary>
/// <param name="Cluster">The cluster's name as it was registered with.</param>
/// <param name="ContainerInstanceArn">The container instance.</param>
/// <param name="Ec2InstanceId">The machine; null outside EC2, or where it could not be asked.</param>
/// <param name="AvailabilityZone">Where the machine is, as the control plane said.</param>
public sealed record SavedIdentity(string Cluster, string ContainerInstanceArn, string? Ec2InstanceId, string? AvailabilityZone);
