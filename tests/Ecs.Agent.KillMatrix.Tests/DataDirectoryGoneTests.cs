namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>
/// While the agent is dead its state is deleted, all of it or one of its files. What the containers tell must do: the same story at the control
/// plane, the same container instance, nothing made twice and nothing left. Told twice may be what the agent cannot know to have been told, and
/// how often it restarted a container it cannot know either.
/// </summary>
public sealed class DataDirectoryGoneTests(SampleRegistry registry)
{
    /// <summary>
    /// After both tasks were RUNNING, so that all containers exist: one that was not made yet never can be, since nobody says any more what it
    /// should have been given; and before clean-up, since of one that is removed nobody says any more how it ended.
    /// </summary>
    private static readonly string[] Points =
        ["report job-stopped.before", "report job-stopped.after", "start app#2.before", "stop app.before", "report web-stopped.before"];

    public static TheoryData<string, string> Losses
    {
        get
        {
            var losses = new TheoryData<string, string>();
            foreach (var point in Points)
            {
                losses.Add(point, "*");
            }

            losses.Add("create app.before", "identity*");
            losses.Add("stop app.before", "identity*");
            losses.Add("report job-stopped.before", "state.db*");
            return losses;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task StateDeletedWhileTheAgentIsDead_EndsAsIfUndisturbed(string point, string lost)
    {
        await using var events = new ContainerEvents();
        for (var attempt = 0; ; attempt++)
        {
            await using var scenario = await Scenario.PrepareAsync(registry, point, directory => Delete(directory, lost));
            try
            {
                var history = await scenario.PlayAsync(events);
                if (!scenario.WasKilled && attempt < 3)
                {
                    continue;
                }

                Assert.True(scenario.WasKilled, $"'{point}' was never passed");
                Assert.Equal(Expected, [.. history.Changes, .. history.Docker]);
                Assert.Empty(history.Left);
                Assert.Equal(1, history.ContainerInstances);
                return;
            }
            catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
            {
                throw new InvalidOperationException($"{e.Message}\n{scenario.Log}", e);
            }
        }
    }

    private static IEnumerable<string> Expected =>
    [
        "app: RUNNING > STOPPED 0",
        "init: RUNNING > STOPPED 0",
        "main: RUNNING > STOPPED 5",
        "side: RUNNING > STOPPED 0",
        "task job: RUNNING > STOPPED",
        "task web: RUNNING > STOPPED",
        "app: create 1, destroy 1, start 2",
        "init: create 1, destroy 1, start 1",
        "main: create 1, destroy 1, start 1",
        "side: create 1, destroy 1, start 1",
    ];

    private static void Delete(string directory, string lost)
    {
        var files = Directory.GetFiles(directory, lost);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            File.Delete(file);
        }
    }
}
