using Ecs.Agent.Application.ControlPlane;
using MediatR;

namespace Ecs.Agent.Application.Registration.RegisterContainerInstance;

/// <summary>Registers this machine with its cluster and opens it for tasks. Throws <see cref="ControlPlaneException"/> when that fails.</summary>
public sealed record RegisterContainerInstanceCommand : IRequest<ContainerInstance>;
