using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Networking;

/// <summary>One port of a container and the host port it is to be published on.</summary>
internal readonly record struct PublishedPort(int ContainerPort, int HostPort, TransportProtocol Protocol);
