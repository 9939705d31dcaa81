using System.Net;
using System.Text;
using Ecs.Agent.Infrastructure.Aws;

namespace Ecs.Agent.Infrastructure.Tests.Aws;

public sealed class AwsErrorsTests
{
    [Theory]
    [InlineData(null, """{"__type":"com.amazonaws.ecs#ClientException","message":"no"}""", "ClientException", "no")]
    [InlineData("ServerException:http://x/", """{"__type":"ClientException","message":"no"}""", "ServerException", "no")]
    [InlineData(null, """{"code":"ThrottlingException"}""", "ThrottlingException", "the service answered HTTP 400")]
    [InlineData(null, """{"code":7,"message":"m"}""", "Http400", "m")]
    [InlineData(null, "<html>", "Http400", "the service answered HTTP 400")]
    [InlineData(null, "[]", "Http400", "the service answered HTTP 400")]
    public void Read_Refusal_GivesCodeAndText(string? header, string body, string code, string text)
    {
        var error = AwsErrors.Read(HttpStatusCode.BadRequest, header, Encoding.UTF8.GetBytes(body));
        Assert.Equal((code, text), (error.Code, error.Text));
    }

    [Theory]
    [InlineData(500, "ServerException", true)]
    [InlineData(502, "Http502", true)]
    [InlineData(503, "Http503", true)]
    [InlineData(504, "Http504", true)]
    [InlineData(501, "Http501", false)]
    [InlineData(400, "ThrottlingException", true)]
    [InlineData(400, "throttlingexception", true)]
    [InlineData(400, "RequestTimeoutException", true)]
    [InlineData(400, "ClientException", false)]
    [InlineData(400, "InvalidParameterException", false)]
    public void IsRetryable_StatusAndCode_Decide(int status, string code, bool retryable) =>
        Assert.Equal(retryable, AwsErrors.IsRetryable(new AwsCallException(code, "", (HttpStatusCode)status)));
}
