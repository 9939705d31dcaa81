namespace Ecs.Agent.Application.Registration;

/// <summary>A first registration that was begun: the control plane may know this machine already, although nobody here has heard as what.</summary>
/// <param name="ClientToken">Sent with it: the same token makes no second container instance.</param>
/// <param name="Cluster">The cluster's name as configured.</param>
/// <param name="Ec2InstanceId">The machine; null outside EC2, or where it could not be asked.</param>
public sealed record PendingRegistration(string ClientToken, string Cluster, string? Ec2InstanceId);
