using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>Dependencies that are never met: at once or at their deadline, and in ECS's words.</summary>
public sealed class FailedDependencyTests(SharedAgent shared)
{
    private static readonly string Image = TestSettings.Image;

    [Fact]
    public async Task Success_OfContainerThatFails_FailsTheDependant()
    {
        var agent = await shared.Agent;
        var task = await agent.RunAsync("e2e-success", $$"""
            [{"name":"app", {{Scripts.UntilTerm}}, "dependsOn":[{"containerName":"init","condition":"SUCCESS"}]},
             {"name":"init","essential":false, {{Scripts.Marking("sleep 0.3; exit 5")}} }]
            """);
        var stopped = await task.UntilAsync("STOPPED");

        var reason = "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
            + $"[init({Image}) (STOPPED->RUNNING) - Exit: 5] for target [app({Image}) (MANIFEST_PULLED->RUNNING)] "
            + "as dependency did not exit successfully.";
        Assert.Equal([$"STOPPED: app STOPPED 143 \"{reason}\", init RUNNING, init STOPPED 5"], task.Story);
        var app = WatchedTask.ContainerOf(stopped, "app");
        Assert.Equal(143, (int)app["exitCode"]!);
        Assert.Equal(reason, (string?)app["reason"]);
        Assert.Null(app["runtimeId"]);
    }

    [Fact]
    public async Task Healthy_WithoutHealthWithinStartTimeout_FailsTheDependant()
    {
        var agent = await shared.Agent;
        var task = await agent.RunAsync("e2e-healthy", $$"""
            [{"name":"app", {{Scripts.UntilTerm}}, "dependsOn":[{"containerName":"db","condition":"HEALTHY"}]},
             {"name":"db","essential":false, {{Scripts.UntilTerm}}, "startTimeout":2,
              "healthCheck":{"command":["CMD-SHELL","exit 1"],"interval":5} }]
            """);
        await task.UntilAsync("STOPPED");

        var reason = "CannotStartContainerError: dependency graph: container ordering dependency "
            + $"[db({Image}) (RUNNING->RUNNING)] for target [app({Image}) (MANIFEST_PULLED->RUNNING)] has timed out.";
        Assert.Equal([$"STOPPED: app STOPPED 143 \"{reason}\", db RUNNING, db STOPPED 0"], task.Story);
        var waited = await task.TimeAsync("db", "term") - await task.TimeAsync("db", "begin");
        Assert.InRange(waited, 1.5, 3.5);
    }

    [Fact]
    public async Task Start_OfContainerThatCannotStart_FailsTheDependant()
    {
        var agent = await shared.Agent;
        var task = await agent.RunAsync("e2e-start", $$"""
            [{"name":"app", {{Scripts.UntilTerm}}, "dependsOn":[{"containerName":"broken","condition":"START"}]},
             {"name":"broken","essential":false,"command":["/no/such/program"]}]
            """);
        var stopped = await task.UntilAsync("STOPPED");

        var app = WatchedTask.ContainerOf(stopped, "app");
        Assert.Equal(143, (int)app["exitCode"]!);
        Assert.Equal(
            "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
            + $"[broken({Image}) (STOPPED->STOPPED)] for target [app({Image}) (MANIFEST_PULLED->RUNNING)] because dependency will never start",
            (string?)app["reason"]);
        var broken = WatchedTask.ContainerOf(stopped, "broken");
        Assert.StartsWith("CannotStartContainerError: Error response from daemon: ", (string?)broken["reason"], StringComparison.Ordinal);
        Assert.Null(broken["exitCode"]);
        Assert.NotNull(broken["runtimeId"]);
    }
}
