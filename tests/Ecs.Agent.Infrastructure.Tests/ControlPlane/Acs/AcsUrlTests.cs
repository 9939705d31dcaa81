using Ecs.Agent.Infrastructure.ControlPlane.Acs;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

public sealed class AcsUrlTests
{
    private const string Instance = "arn%3Aaws%3Aecs%3Aeu-test-1%3A111122223333%3Acontainer-instance%2Flab%2F0f3c2d";

    [Theory]
    [InlineData("http://127.0.0.1:80/", "ws://127.0.0.1/ws")]
    [InlineData("http://127.0.0.1:5678", "ws://127.0.0.1:5678/ws")]
    [InlineData("https://acs.example/base", "wss://acs.example/base/ws")]
    public void Of_Endpoint_KeepsHostAndPath(string endpoint, string start) => Assert.Equal(
        $"{start}?agentHash=a8b3e7d3&agentVersion=1.2.3&clusterArn=lab&containerInstanceArn={Instance}"
        + "&protocolVersion=2&sendCredentials=false&seqNum=1",
        AcsUrl.Of(new Uri(endpoint), Agents.Instance, Agents.Build, null, sendCredentials: false).AbsoluteUri);

    [Fact]
    public void Of_DockerVersion_IsPrefixedAndItsBlankIsAPlus() => Assert.Contains(
        $"&containerInstanceArn={Instance}&dockerVersion=DockerVersion%3A+20.10.24%2Bdfsg1&protocolVersion=2&sendCredentials=true&seqNum=1",
        AcsUrl.Of(new Uri("http://h/"), Agents.Instance, Agents.Build, "20.10.24+dfsg1", sendCredentials: true).AbsoluteUri,
        StringComparison.Ordinal);
}
