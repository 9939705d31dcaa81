using Amazon;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>
/// Where services are reached. What the environment names wins (<c>AWS_ENDPOINT_URL_SSM</c> and its like, then <c>AWS_ENDPOINT_URL</c>,
/// unless
/// <c>AWS_IGNORE_CONFIGURED_ENDPOINT_URLS</c>); else it is the region's own endpoint in its partition, of the kind that
/// <c>AWS_USE_FIPS_ENDPOINT</c> and <c>AWS_USE_DUALSTACK_ENDPOINT</c> call for. A machine without IPv4 always needs the dual-stack one.
/// </summary>
/// <param name="environment">The process environment, or what stands for it.</param>
/// <param name="ipv6Only">Whether this machine cannot reach IPv4 addresses.</param>
internal sealed class AwsEndpoints(IReadOnlyDictionary<string, string> environment, bool ipv6Only)
{
    private readonly bool _fips = IsTrue(environment, "AWS_USE_FIPS_ENDPOINT");
    private readonly bool _dualStack = ipv6Only || IsTrue(environment, "AWS_USE_DUALSTACK_ENDPOINT");

    /// <summary>The endpoint that the environment names for the service, or null.</summary>
    public Uri? Configured(AwsService service) => IsTrue(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
        ? null
        : FromEnvironment("AWS_ENDPOINT_URL_" + service switch
        {
            AwsService.ParameterStore => "SSM",
            AwsService.SecretsManager => "SECRETS_MANAGER",
            AwsService.S3 => "S3",
            AwsService.Ecr => "ECR",
        })
        ?? FromEnvironment("AWS_ENDPOINT_URL");

    /// <summary>Where the service is reached for that region.</summary>
    public Uri Of(AwsService service, string region) => Configured(service) ?? new Uri($"https://{Host(service, region)}/");

    private string Host(AwsService service, string region)
    {
        var partition = RegionEndpoint.GetBySystemName(region);
        var suffix = partition.PartitionDnsSuffix;
        if (service == AwsService.S3)
        {
            return $"{(_fips ? "s3-fips" : "s3")}{(_dualStack ? ".dualstack" : "")}.{region}.{suffix}";
        }

        var name = (service, _fips) switch
        {
            (AwsService.ParameterStore, true) when partition.PartitionName == "aws-us-gov" => "ssm",
            (AwsService.ParameterStore, true) => "ssm-fips",
            (AwsService.ParameterStore, false) => "ssm",
            (AwsService.SecretsManager, true) => "secretsmanager-fips",
            (AwsService.SecretsManager, false) => "secretsmanager",
            (_, true) => "ecr-fips",
            (_, false) => _dualStack ? "ecr" : "api.ecr",
        };
        return $"{name}.{region}.{(_dualStack ? DualStackSuffix(partition) : suffix)}";
    }

    private static string DualStackSuffix(RegionEndpoint region) => region.PartitionName switch
    {
        "aws" or "aws-us-gov" => "api.aws",
        "aws-cn" => "api.amazonwebservices.com.cn",
        "aws-eusc" => "api.amazonwebservices.eu",

        // The isolated partitions have no endpoints of their own for IPv6.
        _ => region.PartitionDnsSuffix,
    };

    private Uri? FromEnvironment(string name) =>
        environment.TryGetValue(name, out var text) && Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) ? uri : null;

    private static bool IsTrue(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var text) && text.Equals("true", StringComparison.OrdinalIgnoreCase);
}
