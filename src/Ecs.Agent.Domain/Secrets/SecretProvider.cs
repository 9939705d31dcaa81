namespace Ecs.Agent.Domain.Secrets;

/// <summary>Where a secret is kept.</summary>
public enum SecretProvider
{
    /// <summary><c>ssm</c>: a parameter of the Systems Manager Parameter Store.</summary>
    ParameterStore,

    /// <summary><c>asm</c>: a secret of Secrets Manager.</summary>
    SecretsManager,
}
