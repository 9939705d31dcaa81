using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.EcsApi;

public sealed class Utf8LimitTests
{
    [Theory]
    [InlineData("", 0, "")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("aé", 2, "a")]
    [InlineData("aé", 3, "aé")]
    [InlineData("can’t", 5, "can")]
    [InlineData("can’t", 6, "can’")]
    [InlineData("a😀b", 4, "a")]
    [InlineData("a😀b", 5, "a😀")]
    public void Truncate_Text_NeverSplitsACharacter(string text, int bytes, string truncated) =>
        Assert.Equal(truncated, Utf8Limit.Truncate(text, bytes));
}
