using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Tasks.Containers;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tests.Tasks.Containers;

public sealed class AcceleratorsTests
{
    private static readonly AgentOptions Options = new() { Region = "eu-test-1", GpuSupport = true, InferentiaSupport = true };

    [Theory]
    [InlineData("a", "G1,G2", "NVIDIA_VISIBLE_DEVICES=G1,G2", "nvidia", null, "its GPUs")]
    [InlineData("b", "", "", null, null, "none of its own, and does not name any")]
    [InlineData("b", "NVIDIA_VISIBLE_DEVICES=all", "NVIDIA_VISIBLE_DEVICES=all", "nvidia", null, "names some, in a task with GPUs")]
    [InlineData("a", "G1,G2;NVIDIA_VISIBLE_DEVICES=all", "NVIDIA_VISIBLE_DEVICES=G1,G2", "nvidia", null, "what is given wins")]
    [InlineData("a", "AWS_NEURON_VISIBLE_DEVICES=0", "AWS_NEURON_VISIBLE_DEVICES=0;NVIDIA_VISIBLE_DEVICES=G1,G2", "neuron", null, "both")]
    public void For_OnEc2_GivesByEnvironmentAndRuntime(
        string name, string given, string environment, string? runtime, string? requested, string why)
    {
        var accelerators = For(name, given, Options);

        Assert.True(environment == Print(accelerators.Environment), why);
        Assert.Equal((runtime, requested), (accelerators.Runtime, Requested(accelerators)));
    }

    [Theory]
    [InlineData("a", "G1,G2")]
    [InlineData("b", "")]
    public void For_OutsideEc2_AsksDockerForTheGpus(string name, string requested)
    {
        var accelerators = For(name, "", Options with { External = true });

        Assert.Empty(accelerators.Environment);
        Assert.Equal((null, requested), (accelerators.Runtime, Requested(accelerators)));
    }

    [Fact]
    public void For_SwitchedOff_GivesNothing()
    {
        var accelerators = For("a", "AWS_NEURON_VISIBLE_DEVICES=0", new AgentOptions { Region = "eu-test-1" });

        Assert.Equal("AWS_NEURON_VISIBLE_DEVICES=0", Print(accelerators.Environment));
        Assert.Equal((null, null), (accelerators.Runtime, Requested(accelerators)));
    }

    [Fact]
    public void For_AContainerOfTheAgents_GivesNothing()
    {
        var task = Task("");
        var accelerators = Accelerators.For(
            task, task.Containers[0] with { Kind = ContainerKind.NamespacePause }, EnvironmentVariables.Empty, Options with { External = true });

        Assert.Equal((null, null), (accelerators.Runtime, Requested(accelerators)));
    }

    private static Accelerators For(string name, string given, AgentOptions options)
    {
        var task = Task(given);
        var container = task.Containers.Single(c => c.Name == name);
        return Accelerators.For(task, container, container.Environment, options);
    }

    private static TaskDefinition Task(string given)
    {
        var variables = given.Split(';').Where(text => text.Contains('=', StringComparison.Ordinal)).Select(text => text.Split('='));
        var environment = new EnvironmentVariables(variables.Select(v => new KeyValuePair<string, string>(v[0], v[1])));
        return new TaskDefinition
        {
            Arn = "arn:aws:ecs:eu-test-1:1:task/c/t",
            Family = "f",
            Version = "1",
            Containers =
            [
                new ContainerDefinition { Name = "a", Image = "i", GpuIds = ["G1", "G2"], Environment = environment },
                new ContainerDefinition { Name = "b", Image = "i", Environment = environment },
            ],
        };
    }

    private static string Print(EnvironmentVariables environment) =>
        string.Join(';', environment.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));

    private static string? Requested(Accelerators accelerators) =>
        accelerators.RequestedGpus is { } gpus ? string.Join(',', gpus) : null;
}
