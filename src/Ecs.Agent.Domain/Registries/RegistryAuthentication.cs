namespace Ecs.Agent.Domain.Registries;

/// <summary>
/// A container's <c>registryAuthentication</c>: how to log in to the registry that its image is pulled from. What the machine is
/// configured with
/// (<c>ECS_ENGINE_AUTH_DATA</c>) does not count for such a container.
/// </summary>
public abstract record RegistryAuthentication
{
    private RegistryAuthentication()
    {
    }

    /// <summary>Whether the login cannot be had without the task's execution role.</summary>
    public abstract bool NeedsExecutionRole { get; }

    /// <summary><c>ecr</c>: with a token of Amazon ECR.</summary>
    public sealed record Ecr : RegistryAuthentication
    {
        /// <summary>The account whose registry it is.</summary>
        public required string RegistryId { get; init; }

        public required string Region { get; init; }

        /// <summary>
        /// Where to ask for the token instead of at the region's own endpoint: a URL, or a host that is reached over HTTPS.
        /// </summary>
        public string EndpointOverride { get; init; } = "";

        /// <summary>Whether the task's execution role asks; otherwise the container instance itself does.</summary>
        public bool UseExecutionRole { get; init; }

        public override bool NeedsExecutionRole => UseExecutionRole;
    }

    /// <summary><c>asm</c>: with a user name and a password out of Secrets Manager.</summary>
    public sealed record SecretsManager : RegistryAuthentication
    {
        /// <summary>The secret's ARN or name.</summary>
        public required string CredentialsParameter { get; init; }

        /// <summary>The region that it is kept in; empty means that of the ARN, else the agent's.</summary>
        public string Region { get; init; } = "";

        public override bool NeedsExecutionRole => true;
    }
}
