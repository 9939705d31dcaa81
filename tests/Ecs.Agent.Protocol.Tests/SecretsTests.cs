using Ecs.Agent.Protocol.Acs;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Protocol.Tests;

public sealed class SecretsTests
{
    private const string Secret = "hunter2";

    public static TheoryData<object> Holders { get; } =
    [
        new DockerConfig { Config = Secret, HostConfig = Secret, Version = "1.17" },
        new IAMRoleCredentials { AccessKeyId = Secret, SecretAccessKey = Secret, SessionToken = Secret, RoleArn = "arn" },
        new NameValuePair { Name = "PASSWORD", Value = Secret },
        new IAMRoleCredentialsMessage { RoleCredentials = new IAMRoleCredentials { SecretAccessKey = Secret } },
        new AcsContainer { Environment = new Dictionary<string, string> { ["PASSWORD"] = Secret }, DockerConfig = new DockerConfig { Config = Secret } },
        new AcsTask
        {
            RoleCredentials = new IAMRoleCredentials { SecretAccessKey = Secret },
            ExecutionRoleCredentials = new IAMRoleCredentials { SessionToken = Secret },
            Containers = [new AcsContainer { Environment = new Dictionary<string, string> { ["PASSWORD"] = Secret } }],
        },
        new ContainerOverride { Environment = [new NameValuePair { Name = "PASSWORD", Value = Secret }] },
        new LogConfiguration { LogDriver = "splunk", Options = new Dictionary<string, string> { ["splunk-token"] = Secret } },
    ];

    [Theory]
    [MemberData(nameof(Holders))]
    public void ToString_OfWhateverHoldsASecret_DoesNotSayIt(object holder) =>
        Assert.DoesNotContain(Secret, holder.ToString(), StringComparison.Ordinal);

    [Fact]
    public void ToString_OfCredentials_StillSaysWhoseTheyAre() => Assert.Equal(
        "IAMRoleCredentials { CredentialsId = id, RoleArn = arn, Expiration = soon }",
        new IAMRoleCredentials { CredentialsId = "id", RoleArn = "arn", Expiration = "soon", SecretAccessKey = Secret }.ToString());
}
