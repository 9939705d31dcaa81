using System.Text;
using Amazon.Runtime;
using Ecs.Agent.Infrastructure.Aws;

namespace Ecs.Agent.Infrastructure.Tests.Aws;

/// <summary>Known answers: the published Signature Version 4 test suite, and for the upgrade one computed independently.</summary>
public sealed class RequestSignerTests
{
    private static readonly DateTimeOffset SuiteTime = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);
    private static readonly ImmutableCredentials SuiteCredentials = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "");

    [Theory]
    [InlineData("GET", "https://example.amazonaws.com/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "https://example.amazonaws.com/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData(
        "GET",
        "https://example.amazonaws.com/?Param2=value2&Param1=value1",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void Sign_RequestOfTheTestSuite_GivesItsSignature(string method, string url, string signature)
    {
        var headers = RequestSigner.Sign(
            new SignableRequest(method, new Uri(url), [], default), SuiteCredentials, "us-east-1", "service", SuiteTime);
        Assert.Equal(["X-Amz-Date", "Authorization"], headers.Select(header => header.Key));
        Assert.Equal("20150830T123600Z", headers[0].Value);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + signature,
            headers[1].Value);
    }

    [Fact]
    public void Sign_BodyAndContentType_GivesTheSuitesSignature()
    {
        var request = new SignableRequest(
            "POST",
            new Uri("https://example.amazonaws.com/"),
            [new("Content-Type", "application/x-www-form-urlencoded")],
            Encoding.UTF8.GetBytes("Param1=value1"));
        var headers = RequestSigner.Sign(request, SuiteCredentials, "us-east-1", "service", SuiteTime);
        Assert.EndsWith(
            "SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            headers[^1].Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_UpgradeWithSessionCredentials_SignsHostDateAndToken()
    {
        var url = new Uri("ws://127.0.0.1:5678/ws?clusterArn=lab&dockerVersion=DockerVersion%3A+20.10.24%2Bdfsg1&seqNum=1");
        var credentials = new ImmutableCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token/1+2=");
        var headers = RequestSigner.Sign(new SignableRequest("GET", url, [], default), credentials, "eu-test-1", "ecs", SuiteTime);
        Assert.Equal(["X-Amz-Date", "X-Amz-Security-Token", "Authorization"], headers.Select(header => header.Key));
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-test-1/ecs/aws4_request, "
            + "SignedHeaders=host;x-amz-date;x-amz-security-token, "
            + "Signature=ef42aad9b4a4dbf39dab25c70f42d039a5b51a78144a257347b384c72a6c627a",
            headers[^1].Value);
    }

    [Theory]
    [InlineData("?b=2&a=1", "a=1&b=2")]
    [InlineData("?a=x+y", "a=x%20y")]
    [InlineData("?a=x%2By", "a=x%2By")]
    [InlineData("?a=%7e~", "a=~~")]
    [InlineData("?a", "a=")]
    [InlineData("?a=b=c", "a=b%3Dc")]
    [InlineData("?a=2&a=1&B=0", "B=0&a=1&a=2")]
    [InlineData("", "")]
    public void CanonicalQuery_Query_IsSortedAndRecoded(string query, string canonical) =>
        Assert.Equal(canonical, RequestSigner.CanonicalQuery(query));
}
