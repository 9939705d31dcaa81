using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Domain.Tests.Secrets;

public sealed class EnvironmentFileTextTests
{
    [Theory]
    [InlineData("A=1", "A=1")]
    [InlineData("A=1\nB=2\n", "A=1|B=2")]
    [InlineData("A=1\r\nB=2\r\n", "A=1|B=2")]
    [InlineData("# A=1\nB=2", "B=2")]
    [InlineData(" # A=1", " # A=1")]
    [InlineData("A", "")]
    [InlineData("=1", "")]
    [InlineData("", "")]
    [InlineData("A=", "A=")]
    [InlineData("A=b=c", "A=b=c")]
    [InlineData(" A = 1 ", " A = 1 ")]
    [InlineData("A=\"1\"", "A=\"1\"")]
    [InlineData("export A=1", "export A=1")]
    [InlineData("A=a\\nb", "A=a\\nb")]
    [InlineData("A=1\nA=2", "A=2")]
    [InlineData("A=1 # one", "A=1 # one")]
    public void Parse_OfALine_TakesItAsItIs(string text, string variables) =>
        Assert.Equal(variables, string.Join('|', EnvironmentFileText.Parse(text).Select(v => $"{v.Key}={v.Value}")));

    [Fact]
    public void Merge_OfFilesWithOneVariable_TakesTheEarlierFiles()
    {
        var merged = EnvironmentFileText.Merge([EnvironmentFileText.Parse("A=1\nB=1"), EnvironmentFileText.Parse("B=2\nC=2")]);

        Assert.Equal(["A=1", "B=1", "C=2"], merged.Select(v => $"{v.Key}={v.Value}"));
    }
}
