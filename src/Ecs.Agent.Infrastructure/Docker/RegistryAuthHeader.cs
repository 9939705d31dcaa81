using System.Text.Json;
using Docker.DotNet.Models;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>A registry login as Docker takes it.</summary>
internal static class RegistryAuthHeader
{
    /// <summary>The value of <c>X-Registry-Auth</c>; null without a login.</summary>
    public static string? Of(RegistryLogin? login) => login is null
        ? null
        : Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
                new RegistryAuth
                {
                    Username = login.Username,
                    Password = login.Password,
                    Auth = login.Auth,
                    Email = login.Email,
                    ServerAddress = login.ServerAddress,
                    IdentityToken = login.IdentityToken,
                    RegistryToken = login.RegistryToken,
                },
                DockerJson.Default.RegistryAuth))
            .Replace('+', '-')
            .Replace('/', '_');

    /// <summary>The same for Docker.DotNet.</summary>
    public static AuthConfig? ConfigOf(RegistryLogin? login) => login is null
        ? null
        : new AuthConfig
        {
            Username = login.Username,
            Password = login.Password,
            Auth = login.Auth,
            ServerAddress = login.ServerAddress,
            IdentityToken = login.IdentityToken,
            RegistryToken = login.RegistryToken,
        };
}
