using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Registries;

/// <summary>A token of Amazon ECR, as the login that it makes.</summary>
/// <param name="Login">User name and password, with the registry that they are for as its server address.</param>
/// <param name="ExpiresAt">By the clock of AWS; usually twelve hours after it was given.</param>
public sealed record EcrToken(RegistryLogin Login, DateTimeOffset ExpiresAt);
