using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Domain.Tests.Secrets;

public sealed class S3ObjectNameTests
{
    [Theory]
    [InlineData("arn:aws:s3:::bucket/app.env", "bucket", "app.env")]
    [InlineData("arn:aws-cn:s3:::my.bucket/a/b:c/d.env", "my.bucket", "a/b:c/d.env")]
    public void Parse_OfAnObjectsArn_TakesItApart(string arn, string bucket, string key) =>
        Assert.Equal(new S3ObjectName(bucket, key), S3ObjectName.Parse(arn));

    [Theory]
    [InlineData("")]
    [InlineData("s3://bucket/key")]
    [InlineData("arn:aws:s3:::bucket")]
    [InlineData("arn:aws:s3:::bucket/")]
    [InlineData("arn:aws:s3:::/key")]
    [InlineData("arn:aws:sqs:::bucket/key")]
    [InlineData("arn:aws:s3:eu-west-1::bucket/key")]
    [InlineData("arn::s3:::bucket/key")]
    public void Parse_OfAnythingElse_IsNone(string arn) => Assert.Null(S3ObjectName.Parse(arn));

    [Theory]
    [InlineData("bucket", "key", false)]
    [InlineData("bucket", "a/../key", false)]
    [InlineData("bucket", "a..b/...", false)]
    [InlineData("bucket", "../key", false)]
    [InlineData("bucket", "..", true)]
    [InlineData("bucket", "../../key", true)]
    [InlineData("bucket", "../../../etc/passwd", true)]
    [InlineData("bucket", "a/../../../x/y/z", true)]
    [InlineData("..", "key", true)]
    [InlineData(".", ".", true)]
    public void EscapesItsDirectory_IsSaidOfWhatLeadsOut(string bucket, string key, bool escapes) =>
        Assert.Equal(escapes, new S3ObjectName(bucket, key).EscapesItsDirectory);
}
