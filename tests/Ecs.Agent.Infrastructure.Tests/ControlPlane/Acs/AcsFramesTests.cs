using System.Text;
using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

public sealed class AcsFramesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{\"type\":\"HeartbeatMessage\",\"mess")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"message":{"messageId":"x"}}""")]
    [InlineData("""{"type":7,"message":{}}""")]
    [InlineData("""{"type":"NoSuchMessage","message":{}}""")]
    [InlineData("""{"type":"heartbeatmessage","message":{}}""")]
    [InlineData("""{"type":"HeartbeatMessage","message":"text"}""")]
    [InlineData("""{"type":"HeartbeatMessage","message":null}""")]
    [InlineData("""{"type":"HeartbeatMessage"}""")]
    [InlineData("""{"type":"PayloadMessage","message":{"tasks":[{"containers":[{"cpu":"10"}]}]}}""")]
    [InlineData("""{"type":"PayloadMessage","message":{"tasks":[{"containers":[{"cpu":1.5}]}]}}""")]
    [InlineData("""{"SomethingElse":"text"}""")]
    public void Decode_AnythingBroken_IsUnusable(string text)
    {
        var frame = Decode(text);
        Assert.IsType<AcsFrame.Unusable>(frame);
        Assert.False(frame.IsRecognised);
    }

    [Fact]
    public void Decode_ThreeThousandNestedArrays_IsUnusable() =>
        Assert.IsType<AcsFrame.Unusable>(Decode(new string('[', 3000) + new string(']', 3000)));

    [Fact]
    public void Decode_MemberNamesInAnyCaseAndUnknownOnes_AreTaken()
    {
        var frame = Assert.IsType<AcsFrame.Message>(Decode("""{"TYPE":"HeartbeatMessage","Message":{"MESSAGEID":"hb","new":[1]}}"""));
        Assert.Equal("hb", Assert.IsType<HeartbeatMessage>(frame.Body).MessageId);
        Assert.True(frame.IsRecognised);
    }

    [Theory]
    [InlineData("""{"type":"InactiveInstanceException","message":{"message":"gone"}}""")]
    [InlineData("""{"InactiveInstanceException":"gone"}""")]
    public void Decode_TypedErrorInEitherForm_IsAnError(string text) =>
        Assert.Equal(new AcsFrame.Error("InactiveInstanceException", "gone"), Decode(text));

    [Fact]
    public void Encode_HeartbeatWithoutId_IsAnEmptyMessage() => Assert.Equal(
        """{"type":"HeartbeatAckRequest","message":{}}""",
        Encoding.UTF8.GetString(AcsFrames.Encode(
            "HeartbeatAckRequest", new HeartbeatAckRequest(), AcsJsonContext.Default.HeartbeatAckRequest)));

    private static AcsFrame Decode(string text) => AcsFrames.Decode(Encoding.UTF8.GetBytes(text));
}
