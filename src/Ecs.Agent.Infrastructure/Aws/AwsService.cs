namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>The AWS services that are called on behalf of tasks.</summary>
internal enum AwsService
{
    ParameterStore,
    SecretsManager,
    S3,
    Ecr,
}
