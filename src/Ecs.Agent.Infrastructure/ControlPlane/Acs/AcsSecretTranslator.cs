using System.Collections.Immutable;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Protocol.Acs;
using EnvironmentFile = Ecs.Agent.Domain.Secrets.EnvironmentFile;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Translates what a container has kept elsewhere: secrets, environment files, the login for its registry.</summary>
/// <param name="container">The entry of the payload.</param>
/// <param name="report">Takes a member and what is wrong with it.</param>
internal sealed class AcsSecretTranslator(AcsContainer container, Action<string, string> report)
{
    public ImmutableArray<SecretReference> Secrets() =>
    [
        .. (container.Secrets ?? []).Where(secret => secret is not null).Select(Translate).OfType<SecretReference>(),
    ];

    public ImmutableArray<EnvironmentFile> EnvironmentFiles() =>
    [
        .. (container.EnvironmentFiles ?? []).Where(file => file is not null).Select(Translate).OfType<EnvironmentFile>(),
    ];

    /// <summary>Null where nothing is said, and for any type but the two.</summary>
    public RegistryAuthentication? Registry()
    {
        switch (container.RegistryAuthentication)
        {
            case { Type: "ecr", EcrAuthData: { } ecr }:
                return new RegistryAuthentication.Ecr
                {
                    RegistryId = ecr.RegistryId ?? "",
                    Region = ecr.Region ?? "",
                    EndpointOverride = ecr.EndpointOverride ?? "",
                    UseExecutionRole = ecr.UseExecutionRole == true,
                };
            case { Type: "asm", AsmAuthData: { CredentialsParameter: { Length: > 0 } parameter } asm }:
                return new RegistryAuthentication.SecretsManager { CredentialsParameter = parameter, Region = asm.Region ?? "" };
            case { Type: "ecr" or "asm" } incomplete:
                report("registryAuthentication", $"says nothing of where the login of type {incomplete.Type} is to be had");
                return null;
            default:
                return null;
        }
    }

    private SecretReference? Translate(Secret secret)
    {
        SecretProvider? provider = secret.Provider switch
        {
            "ssm" => SecretProvider.ParameterStore,
            "asm" => SecretProvider.SecretsManager,
            _ => null,
        };
        SecretUse? use = (secret.Type, secret.Target) switch
        {
            ("ENVIRONMENT_VARIABLE", _) or (null or "", null or "" or "CONTAINER") => SecretUse.EnvironmentVariable,
            (null or "" or "BOOTSTRAP", "LOG_DRIVER") => SecretUse.LogOption,
            _ => null,
        };
        if (provider is null)
        {
            report("secrets", $"the provider '{secret.Provider}' of {secret.Name} is neither ssm nor asm");
        }

        if (use is null)
        {
            report("secrets", $"this agent does not know what to do with {secret.Name} of type '{secret.Type}' for '{secret.Target}'");
        }

        if (string.IsNullOrEmpty(secret.Name) || string.IsNullOrEmpty(secret.ValueFrom))
        {
            report("secrets", "an entry needs a name and a valueFrom");
        }

        return provider is null || use is null ? null : new SecretReference
        {
            Name = secret.Name ?? "",
            ValueFrom = secret.ValueFrom ?? "",
            Region = secret.Region ?? "",
            Provider = provider.Value,
            Use = use.Value,
        };
    }

    private EnvironmentFile? Translate(Protocol.Acs.EnvironmentFile file)
    {
        if (file.Type == "s3")
        {
            return new EnvironmentFile(file.Value ?? "");
        }

        report("environmentFiles", $"the type '{file.Type}' is not s3");
        return null;
    }
}
