using System.Diagnostics;
using System.Globalization;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>SIGTERM: the state is saved, the tasks run on, and the next life has nothing to repeat.</summary>
public sealed class GracefulEndTests(ITestOutputHelper output)
{
    private const int Tasks = 20;

    /// <summary>The official agent takes 0.3 s, 1.2 s with 50 tasks; this leaves room for a machine that is busy with other tests.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Sigterm_ManyRunningTasks_EndsSoonAndNothingIsRepeated()
    {
        using var state = new StateDirectory();
        await using var agent = await WatchedAgent.StartAsync(Engine.Shared, state.Environment);
        await agent.RegisterAsync("e2e-term", $$"""[{"name":"main", {{Scripts.UntilTerm}} }]""");
        var tasks = await Task.WhenAll(Enumerable.Range(0, Tasks).Select(_ => agent.RunAsync("e2e-term")));
        foreach (var task in tasks)
        {
            await task.UntilAsync("RUNNING");
        }

        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await agent.EndAsync("TERM"));
        watch.Stop();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SIGTERM with {Tasks} running tasks: {watch.Elapsed.TotalMilliseconds:0} ms"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);

        await agent.StartAgainAsync();
        var later = await agent.RunAsync("e2e-term");
        await later.UntilAsync("RUNNING");
        Assert.All(tasks, task => Assert.Equal(["RUNNING: main RUNNING"], task.Story));

        await Task.WhenAll(tasks.Select(task => task.StopAsync()));
        foreach (var task in tasks)
        {
            await task.UntilAsync("STOPPED");
            Assert.Equal(["RUNNING: main RUNNING", "STOPPED: main STOPPED 0"], task.Story);
        }
    }
}
