namespace Ecs.Agent.Domain.Secrets;

/// <summary>What becomes of a secret's value. On the wire this is the pair of <c>type</c> and <c>target</c>.</summary>
public enum SecretUse
{
    /// <summary><c>ENVIRONMENT_VARIABLE</c>: a variable of the container.</summary>
    EnvironmentVariable,

    /// <summary><c>LOG_DRIVER</c>: an option of the container's log driver.</summary>
    LogOption,
}
