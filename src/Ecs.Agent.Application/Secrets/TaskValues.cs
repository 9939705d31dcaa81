using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Secrets;

/// <summary>What was fetched for one task, each part null until that has been done. Never prints.</summary>
internal sealed record TaskValues
{
    public static TaskValues None { get; } = new();

    /// <summary>By the key of the secret.</summary>
    public ImmutableDictionary<string, string>? Parameters { get; init; }

    /// <summary>By the key of the secret.</summary>
    public ImmutableDictionary<string, string>? ManagedSecrets { get; init; }

    /// <summary>By where the login is kept.</summary>
    public ImmutableDictionary<RegistryAuthentication.SecretsManager, RegistryLogin>? Logins { get; init; }

    /// <summary>By the container, its files merged.</summary>
    public ImmutableDictionary<string, EnvironmentVariables> Files { get; init; } =
        ImmutableDictionary.Create<string, EnvironmentVariables>(StringComparer.Ordinal);

    public override string ToString() => "TaskValues";
}
