using System.Text.Json;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>How a container's registry is logged in to, as it is stored: where the login is kept, never the login.</summary>
internal sealed class RegistryAuthenticationRecord
{
    private const string Ecr = "ecr", SecretsManager = "asm";

    public string Kind { get; set; } = "";

    public string RegistryId { get; set; } = "";

    public string Region { get; set; } = "";

    public string EndpointOverride { get; set; } = "";

    public bool UseExecutionRole { get; set; }

    public string? CredentialsParameter { get; set; }

    public static RegistryAuthenticationRecord? Of(RegistryAuthentication? authentication) => authentication switch
    {
        null => null,
        RegistryAuthentication.Ecr ecr => new RegistryAuthenticationRecord
        {
            Kind = Ecr,
            RegistryId = ecr.RegistryId,
            Region = ecr.Region,
            EndpointOverride = ecr.EndpointOverride,
            UseExecutionRole = ecr.UseExecutionRole,
        },
        RegistryAuthentication.SecretsManager asm => new RegistryAuthenticationRecord
        {
            Kind = SecretsManager,
            Region = asm.Region,
            CredentialsParameter = asm.CredentialsParameter,
        },
        _ => throw new ArgumentOutOfRangeException(
            nameof(authentication), authentication.GetType().Name, "A kind of registry authentication without a record."),
    };

    public RegistryAuthentication ToAuthentication() => Kind switch
    {
        Ecr => new RegistryAuthentication.Ecr
        {
            RegistryId = RegistryId,
            Region = Region,
            EndpointOverride = EndpointOverride,
            UseExecutionRole = UseExecutionRole,
        },
        SecretsManager => new RegistryAuthentication.SecretsManager
        {
            CredentialsParameter = CredentialsParameter ?? throw new JsonException("a registry login does not say where it is kept"),
            Region = Region,
        },
        _ => throw new JsonException($"the registry authentication is of the unknown kind '{Kind}'"),
    };
}
