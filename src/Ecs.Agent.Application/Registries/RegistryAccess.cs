using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Registries;

/// <summary>How a container's image may be pulled.</summary>
public sealed class RegistryAccess(EcrLogins ecr, TaskSecrets secrets, TaskCredentials credentials, AgentOptions options)
{
    /// <summary>
    /// The login that the container's definition asks for; null when it asks for none, and then what this machine is configured with
    /// counts. Throws
    /// <see cref="RuntimeException"/> when it cannot be had, and nothing is pulled without it.
    /// </summary>
    public async Task<RegistryLogin?> LoginForAsync(TaskDefinition task, ContainerDefinition container, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(container);
        return container.RegistryAuthentication switch
        {
            RegistryAuthentication.Ecr registry => await EcrLoginAsync(task, registry, cancellationToken).ConfigureAwait(false),
            RegistryAuthentication.SecretsManager => secrets.LoginOf(task, container)
                ?? throw Refused(ContainerErrorNames.CannotPullContainerAuth, "engine docker private registry credentials: not found"),
            _ => null,
        };
    }

    private async Task<RegistryLogin> EcrLoginAsync(
        TaskDefinition task, RegistryAuthentication.Ecr registry, CancellationToken cancellationToken)
    {
        var role = registry.UseExecutionRole ? credentials.Find(task.Arn, TaskRole.Execution) : null;
        if (role is null && registry.UseExecutionRole && task.ExecutionCredentialsId is not null)
        {
            throw Refused(ContainerErrorNames.CannotPullEcrContainer, "engine ecr credentials: not found");
        }

        try
        {
            var inRegion = registry.Region.Length > 0 ? registry : registry with { Region = options.Region };
            return await ecr.GetAsync(inRegion, role, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretStoreException e)
        {
            throw Refused(ContainerErrorNames.CannotPullEcrContainer, e.Message, e);
        }
    }

    private static RuntimeException Refused(string name, string problem, Exception? innerException = null) =>
        new(new ContainerError(name, problem), RuntimeFailureKind.Permanent, innerException);
}
