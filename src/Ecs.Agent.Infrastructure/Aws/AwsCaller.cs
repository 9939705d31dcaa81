using Amazon.Runtime;
using Ecs.Agent.Application.Credentials;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>As whom a service is called.</summary>
internal sealed class AwsCaller(InstanceCredentials instance)
{
    /// <summary>The role's credentials, or those of the container instance where there is no role.</summary>
    /// <exception cref="AwsCallException">There are none to sign with.</exception>
    public async Task<ImmutableCredentials> CredentialsOfAsync(RoleCredentials? role, CancellationToken cancellationToken) => role switch
    {
        null => await instance.GetAsync(cancellationToken)
            ?? throw new AwsCallException(AwsErrors.NoCredentials, "no AWS credentials found to sign with", null),
        { AccessKeyId.Length: > 0, SecretAccessKey.Length: > 0 } =>
            new ImmutableCredentials(role.AccessKeyId, role.SecretAccessKey, role.SessionToken),
        _ => throw new AwsCallException(AwsErrors.NoCredentials, $"the control plane sent no keys for the role {role.RoleArn}", null),
    };
}
