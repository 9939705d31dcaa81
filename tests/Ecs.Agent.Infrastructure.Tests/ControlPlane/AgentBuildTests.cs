using Ecs.Agent.Infrastructure.ControlPlane;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

public sealed class AgentBuildTests
{
    [Theory]
    [InlineData("0.1.0+3f2a9c11d0e2", "0.1.0", "3f2a9c11")]
    [InlineData("0.1.0", "0.1.0", "unknown")]
    [InlineData("0.1.0+", "0.1.0", "unknown")]
    public void Parse_InformationalVersion_GivesVersionAndShortHash(string text, string version, string hash) =>
        Assert.Equal(new AgentBuild(version, hash), AgentBuild.Parse(text));

    [Theory]
    [InlineData("LINUX", "Amazon ECS Agent - v1.2.3 (a8b3e7d3) (linux; LINUX) (+http://aws.amazon.com/ecs/)")]
    [InlineData("", "Amazon ECS Agent - v1.2.3 (a8b3e7d3) (linux) (+http://aws.amazon.com/ecs/)")]
    public void UserAgent_DetailedFamily_IsNamedWhereThereIsOne(string family, string userAgent) =>
        Assert.Equal(userAgent, Agents.Build.UserAgent(family));
}
