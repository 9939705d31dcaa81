using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class DockerNamesTests
{
    [Theory]
    [InlineData("app", "ecs-web-3-app-0f")]
    [InlineData("My_app-1", "ecs-web-3-Myapp-1-0f")]
    [InlineData("~internal~ecs~pause", "ecs-web-3-internalecspause-0f")]
    [InlineData("a.b/c é", "ecs-web-3-abc-0f")]
    public void Container_AnyName_KeepsWhatDockerTakes(string name, string expected) =>
        Assert.Equal(expected, DockerNames.Container("web", "3", name, "0f"));

    [Fact]
    public void Volume_AnyName_IsNotSanitised() => Assert.Equal("ecs-web-3-my_data-0f", DockerNames.Volume("web", "3", "my_data", "0f"));
}
