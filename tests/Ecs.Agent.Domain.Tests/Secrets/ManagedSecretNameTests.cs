using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Domain.Tests.Secrets;

public sealed class ManagedSecretNameTests
{
    private const string Arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3";

    [Theory]
    [InlineData(Arn, "", "", "")]
    [InlineData(Arn + ":::", "", "", "")]
    [InlineData(Arn + ":user::", "user", "", "")]
    [InlineData(Arn + "::AWSPREVIOUS:", "", "AWSPREVIOUS", "")]
    [InlineData(Arn + ":::id-1", "", "", "id-1")]
    [InlineData(Arn + ":user:AWSCURRENT:id-1", "user", "AWSCURRENT", "id-1")]
    public void Parse_OfAnArn_TakesItApart(string valueFrom, string key, string stage, string version) =>
        Assert.Equal(new ManagedSecretName(Arn, key, stage, version), ManagedSecretName.Parse(valueFrom));

    [Theory]
    [InlineData("db", "arn: invalid prefix")]
    [InlineData("", "arn: invalid prefix")]
    [InlineData("arn:aws:secretsmanager", "arn: not enough sections")]
    [InlineData(Arn + ":user", Invalid)]
    [InlineData(Arn + ":user:stage", Invalid)]
    [InlineData(Arn + ":a:b:c:d", Invalid)]
    [InlineData("arn:aws:ssm:eu-west-1:111122223333:parameter/db", Invalid)]
    public void Parse_OfAnythingElse_SaysWhatEcsSays(string valueFrom, string problem)
    {
        var failure = Assert.Throws<FormatException>(() => ManagedSecretName.Parse(valueFrom));

        Assert.Equal($"trying to retrieve secret with value {valueFrom} resulted in error: {problem}", failure.Message);
    }

    private const string Invalid =
        "an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.";
}
