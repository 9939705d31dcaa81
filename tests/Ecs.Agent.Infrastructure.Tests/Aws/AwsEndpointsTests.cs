using Ecs.Agent.Infrastructure.Aws;

namespace Ecs.Agent.Infrastructure.Tests.Aws;

public sealed class AwsEndpointsTests
{
    private const string Fips = "AWS_USE_FIPS_ENDPOINT", DualStack = "AWS_USE_DUALSTACK_ENDPOINT";

    /// <summary>Region; variables that are set to true; the hosts of Parameter Store, Secrets Manager, S3 and ECR.</summary>
    public static TheoryData<string, string[], string[]> Hosts { get; } = new()
    {
        {
            "eu-west-1", [],
            [
                "ssm.eu-west-1.amazonaws.com", "secretsmanager.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com",
                "api.ecr.eu-west-1.amazonaws.com",
            ]
        },
        {
            "cn-north-1", [],
            [
                "ssm.cn-north-1.amazonaws.com.cn", "secretsmanager.cn-north-1.amazonaws.com.cn", "s3.cn-north-1.amazonaws.com.cn",
                "api.ecr.cn-north-1.amazonaws.com.cn",
            ]
        },
        {
            "us-iso-east-1", [],
            [
                "ssm.us-iso-east-1.c2s.ic.gov", "secretsmanager.us-iso-east-1.c2s.ic.gov", "s3.us-iso-east-1.c2s.ic.gov",
                "api.ecr.us-iso-east-1.c2s.ic.gov",
            ]
        },
        {
            "us-east-1", [Fips],
            [
                "ssm-fips.us-east-1.amazonaws.com", "secretsmanager-fips.us-east-1.amazonaws.com", "s3-fips.us-east-1.amazonaws.com",
                "ecr-fips.us-east-1.amazonaws.com",
            ]
        },
        {
            "us-gov-west-1", [Fips],
            [
                "ssm.us-gov-west-1.amazonaws.com", "secretsmanager-fips.us-gov-west-1.amazonaws.com", "s3-fips.us-gov-west-1.amazonaws.com",
                "ecr-fips.us-gov-west-1.amazonaws.com",
            ]
        },
        {
            "eu-west-1", [DualStack],
            ["ssm.eu-west-1.api.aws", "secretsmanager.eu-west-1.api.aws", "s3.dualstack.eu-west-1.amazonaws.com", "ecr.eu-west-1.api.aws"]
        },
        {
            "cn-north-1", [DualStack],
            [
                "ssm.cn-north-1.api.amazonwebservices.com.cn", "secretsmanager.cn-north-1.api.amazonwebservices.com.cn",
                "s3.dualstack.cn-north-1.amazonaws.com.cn", "ecr.cn-north-1.api.amazonwebservices.com.cn",
            ]
        },
        {
            "us-east-1", [Fips, DualStack],
            [
                "ssm-fips.us-east-1.api.aws", "secretsmanager-fips.us-east-1.api.aws", "s3-fips.dualstack.us-east-1.amazonaws.com",
                "ecr-fips.us-east-1.api.aws",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Endpoint_OfARegion_IsItsOwnInItsPartition(string region, string[] set, string[] hosts)
    {
        var endpoints = new AwsEndpoints(set.ToDictionary(name => name, _ => "true"), ipv6Only: false);

        Assert.Equal(
            hosts.Select(host => $"https://{host}/"),
            Enum.GetValues<AwsService>().Select(service => endpoints.Of(service, region).ToString()));
    }

    [Fact]
    public void Endpoint_OnAMachineWithoutIpv4_IsTheDualStackOne() => Assert.Equal(
        "https://ecr.eu-west-1.api.aws/",
        new AwsEndpoints(new Dictionary<string, string>(), ipv6Only: true).Of(AwsService.Ecr, "eu-west-1").ToString());

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_SSM=http://127.0.0.1:1", "http://127.0.0.1:1/", "https://api.ecr.eu-west-1.amazonaws.com/")]
    [InlineData("AWS_ENDPOINT_URL=http://127.0.0.1:2/", "http://127.0.0.1:2/", "http://127.0.0.1:2/")]
    [InlineData("AWS_ENDPOINT_URL=http://a;AWS_ENDPOINT_URL_SSM=http://b", "http://b/", "http://a/")]
    [InlineData(
        "AWS_ENDPOINT_URL=http://a;AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true", "https://ssm.eu-west-1.amazonaws.com/",
        "https://api.ecr.eu-west-1.amazonaws.com/")]
    [InlineData("AWS_ENDPOINT_URL=nonsense", "https://ssm.eu-west-1.amazonaws.com/", "https://api.ecr.eu-west-1.amazonaws.com/")]
    public void Endpoint_OfTheEnvironment_Wins(string environment, string ssm, string ecr)
    {
        var variables = environment.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var endpoints = new AwsEndpoints(variables, ipv6Only: false);

        Assert.Equal(
            (ssm, ecr),
            (endpoints.Of(AwsService.ParameterStore, "eu-west-1").ToString(), endpoints.Of(AwsService.Ecr, "eu-west-1").ToString()));
    }
}
