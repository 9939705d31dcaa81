using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Resources;

/// <summary>
/// What a task needs besides its containers and before some of them: made once per task, removed with it. A closed hierarchy: whoever makes
/// resources switches over it exhaustively.
/// </summary>
public abstract record TaskResource
{
    private TaskResource()
    {
    }

    /// <summary>What tells it from the task's other resources, in every life of the agent. Also how it is called in messages.</summary>
    public abstract string Key { get; }

    /// <summary>Whether it goes when the task goes. What is shared with other tasks stays.</summary>
    public virtual bool IsRemovable => true;

    /// <summary>Whether it lives in the agent's memory alone, so that an agent that comes back has to make it again.</summary>
    public virtual bool IsVolatile => false;

    /// <summary>Whether it is fetched as the task's execution role, and so not before its credentials are here.</summary>
    public virtual bool NeedsExecutionRole => false;

    /// <summary>The status that the container does not get to before the resource is there; null where it can do without.</summary>
    public abstract ContainerStatus? NeededFor(ContainerDefinition container);

    /// <summary>A Docker volume.</summary>
    public sealed record DockerVolume(TaskVolume Volume) : TaskResource
    {
        public override string Key => KeyOf(Volume.Name);

        public override bool IsRemovable => Volume is TaskVolume.TaskScoped;

        public override ContainerStatus? NeededFor(ContainerDefinition container)
        {
            ArgumentNullException.ThrowIfNull(container);
            foreach (var mount in container.MountPoints)
            {
                if (mount.SourceVolume == Volume.Name)
                {
                    return ContainerStatus.Pulled;
                }
            }

            return null;
        }

        public static string KeyOf(string volume) => "volume " + volume;
    }

    /// <summary>The control group that holds all containers of the task, pause containers included.</summary>
    public sealed record Cgroup : TaskResource
    {
        public override string Key => "control group";

        public override ContainerStatus? NeededFor(ContainerDefinition container) => ContainerStatus.Pulled;
    }

    /// <summary>Logins for private registries, out of Secrets Manager.</summary>
    public sealed record RegistryLogins() : Fetched("registry logins", ContainerStatus.ManifestPulled)
    {
        protected override bool IsFor(ContainerDefinition container) =>
            container.RegistryAuthentication is RegistryAuthentication.SecretsManager;
    }

    /// <summary>Values out of Systems Manager's Parameter Store.</summary>
    public sealed record Parameters() : Fetched("parameters", ContainerStatus.Created)
    {
        protected override bool IsFor(ContainerDefinition container) =>
            container.Secrets.Any(secret => secret.Provider == SecretProvider.ParameterStore);
    }

    /// <summary>Values out of Secrets Manager.</summary>
    public sealed record ManagedSecrets() : Fetched("secrets", ContainerStatus.Created)
    {
        protected override bool IsFor(ContainerDefinition container) =>
            container.Secrets.Any(secret => secret.Provider == SecretProvider.SecretsManager);
    }

    /// <summary>The environment files of one container, out of S3.</summary>
    public sealed record EnvironmentFiles(string Container) : Fetched("environment files of " + Container, ContainerStatus.Created)
    {
        protected override bool IsFor(ContainerDefinition container) => container.Name == Container && !container.EnvironmentFiles.IsEmpty;
    }

    /// <summary>What is fetched from AWS and kept in memory.</summary>
    /// <param name="Name">How it is called.</param>
    /// <param name="Gate">What containers that need it do not get to without.</param>
    public abstract record Fetched(string Name, ContainerStatus Gate) : TaskResource
    {
        public sealed override string Key => Name;

        public sealed override bool IsVolatile => true;

        public sealed override bool NeedsExecutionRole => true;

        public sealed override ContainerStatus? NeededFor(ContainerDefinition container)
        {
            ArgumentNullException.ThrowIfNull(container);
            return IsFor(container) ? Gate : null;
        }

        protected abstract bool IsFor(ContainerDefinition container);
    }
}
