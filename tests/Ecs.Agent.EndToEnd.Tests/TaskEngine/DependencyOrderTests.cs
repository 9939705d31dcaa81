using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>Start and stop order on a real engine, as the containers themselves saw it.</summary>
public sealed class DependencyOrderTests(SharedAgent shared)
{
    private const string Checks = "read up idle </proc/uptime; echo \\\"checked $up\\\" >/proc/1/fd/1; test -e /ready";

    [Fact]
    public async Task Graph_WithAllFourConditions_StartsInOrderAndStopsInReverse()
    {
        var agent = await shared.Agent;
        var task = await agent.RunAsync("e2e-conditions", $$"""
            [{"name":"app", {{Scripts.UntilTerm}}, "dependsOn":[
                {"containerName":"base","condition":"START"}, {"containerName":"job","condition":"COMPLETE"},
                {"containerName":"init","condition":"SUCCESS"}, {"containerName":"db","condition":"HEALTHY"}]},
             {"name":"db","essential":false, {{Scripts.Marking("touch /ready; trap 'mark term; exit 0' TERM; sleep 3600 & wait")}},
              "healthCheck":{"command":["CMD-SHELL","{{Checks}}"],"interval":5}, "dependsOn":[{"containerName":"job","condition":"COMPLETE"}]},
             {"name":"init","essential":false, {{Scripts.Marking("sleep 0.2; mark end; exit 0")}},
              "dependsOn":[{"containerName":"base","condition":"START"}]},
             {"name":"job","essential":false, {{Scripts.Marking("sleep 0.3; mark end; exit 3")}} },
             {"name":"base","essential":false, {{Scripts.UntilTerm}} }]
            """);
        await task.UntilAsync("RUNNING");
        await task.StopAsync();
        await task.UntilAsync("STOPPED");

        var appBegin = await task.TimeAsync("app", "begin");
        var appEnd = await task.TimeAsync("app", "end");
        Assert.True(await task.TimeAsync("base", "begin") <= await task.TimeAsync("init", "begin"), "init started before base");
        Assert.True(await task.TimeAsync("job", "end") <= await task.TimeAsync("db", "begin"), "db started before job had ended");
        Assert.True(await task.TimeAsync("init", "end") <= appBegin, "app started before init had ended");
        Assert.True(await task.TimeAsync("db", "checked") <= appBegin, "app started before db was healthy");
        Assert.True(appEnd <= await task.TimeAsync("db", "term"), "db was stopped before app had ended");
        Assert.True(appEnd <= await task.TimeAsync("base", "term"), "base was stopped before app had ended");

        // Nothing is submitted for the containers by themselves, however long the database takes.
        Assert.Equal(
            [
                "RUNNING: app RUNNING, base RUNNING, db RUNNING, init RUNNING, init STOPPED 0, job RUNNING, job STOPPED 3",
                "STOPPED: app STOPPED 0, base STOPPED 0, db STOPPED 0",
            ],
            task.Story);
    }

}
