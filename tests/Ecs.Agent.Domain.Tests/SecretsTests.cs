using Ecs.Agent.Domain.Containers;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests;

public sealed class SecretsTests
{
    [Fact]
    public void ToString_OfATaskWithSecrets_HoldsNoneOfThem()
    {
        var task = Admitted(Container("app") with
        {
            Environment = new EnvironmentVariables([new("PASSWORD", "hunter2")]),
            DockerConfig = new DockerConfig { Config = "{\"x\":\"hunter2\"}", HostConfig = "hunter2", Version = "1.21" },
        });

        var printed = $"{task}{task.Containers[0]}{task.Definition.Containers[0]}{task.Definition.Containers[0].Environment}";
        Assert.DoesNotContain("hunter2", printed);
    }

    [Fact]
    public void Environment_WithAVariable_ReplacesOrAdds()
    {
        var environment = new EnvironmentVariables([new("A", "1")]).With("A", "2").With("B", "3");

        Assert.Equal([new("A", "2"), new("B", "3")], environment);
        Assert.True(environment.Contains("B"));
        Assert.Equal(environment, new EnvironmentVariables([new("B", "3"), new("A", "2")]));
    }
}
