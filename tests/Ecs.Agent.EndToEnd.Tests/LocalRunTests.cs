using Ecs.Agent.EndToEnd.Tests.Processes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests;

/// <summary><c>ecs-agent local run FILE</c> as its user sees it.</summary>
public sealed class LocalRunTests
{
    [Fact]
    public async Task Output_OfContainers_ComesWithTheirNamesInFront()
    {
        await using var run = Run(Write("two", $$"""
            [{"name":"talker","image":"{{TestSettings.Image}}","memory":16,"command":["sh","-c","echo good morning; echo trouble >&2; exit 7"]},
             {"name":"listener","image":"{{TestSettings.Image}}","memory":16,"essential":false,"command":["sleep","300"],"stopTimeout":2}]
            """));

        Assert.Equal(7, await run.ExitAsync());
        Assert.Matches(@"(?m)talker\s+\| good morning$", run.Output);
        Assert.Matches(@"(?m)talker\s+\| trouble$", run.Output);
        Assert.Contains("Essential container in task exited", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Definition_WithMistakes_GetsAllOfThemAtOnce()
    {
        await using var run = Run(Write("wrong", """
            {"family":"bad name!","containerDefinitions":[
              {"name":"a","image":"x","memory":2,"portMapings":[]},
              {"name":"a","image":"x","memory":32,"dependsOn":[{"containerName":"nobody","condition":"HEALTY"}]}]}
            """));

        Assert.Equal(65, await run.ExitAsync());
        Assert.Contains("containerDefinitions[0].portMapings", run.Output, StringComparison.Ordinal);
        Assert.Contains("containerDefinitions[1].dependsOn[0].condition", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatDoesNotExist_IsSaidSo()
    {
        await using var run = Run("/nowhere/at-all.json");

        Assert.Equal(66, await run.ExitAsync());
        Assert.Contains("/nowhere/at-all.json", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docker_ThatIsNotThere_IsSaidSo()
    {
        var file = Write("no-docker", $$"""[{"name":"a","image":"{{TestSettings.Image}}","memory":16}]""");
        await using var run = RunningProcess.Start(
            TestSettings.Binary, ["local", "run", file], new Dictionary<string, string?> { ["DOCKER_HOST"] = "unix:///nowhere/docker.sock" });

        Assert.Equal(69, await run.ExitAsync());
        Assert.Contains("/nowhere/docker.sock", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_ThatCannotBeHad_IsSaidSo()
    {
        await using var run = Run(Write("no-image", """[{"name":"a","image":"127.0.0.1:1/nobody/nothing:1","memory":16}]"""));

        Assert.Equal(68, await run.ExitAsync());
        Assert.Contains("127.0.0.1:1/nobody/nothing:1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_StopsTheTaskAsEcsWould()
    {
        await using var run = Run(Write("interrupted", $$"""
            [{"name":"main","image":"{{TestSettings.Image}}","memory":16,"stopTimeout":20,
              "command":["sh","-c","trap 'echo got the stop; exit 3' TERM; echo up; while true; do sleep 0.1; done"]}]
            """));
        await run.LineAsync("| up");

        await run.SignalAsync("INT");

        Assert.Equal(3, await run.ExitAsync());
        Assert.Matches(@"(?m)main\s+\| got the stop$", run.Output);
    }

    [Fact]
    public async Task Awsvpc_RunsOnBridgeAndSaysSo()
    {
        await using var run = Run(Write("awsvpc", $$"""
            {"family":"fargate","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512",
             "executionRoleArn":"arn:aws:iam::123456789012:role/x",
             "containerDefinitions":[{"name":"main","image":"{{TestSettings.Image}}","command":["true"],
               "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"g","awslogs-region":"us-east-1","awslogs-stream-prefix":"p"} } }]}
            """));

        Assert.Equal(0, await run.ExitAsync());
        Assert.Contains("awsvpc", run.Output, StringComparison.Ordinal);
        Assert.Contains("awslogs", run.Output, StringComparison.Ordinal);
        Assert.Contains("executionRoleArn", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LeavesNoContainersBehind()
    {
        await using var run = Run(Write("left-behind", $$"""[{"name":"main","image":"{{TestSettings.Image}}","memory":16,"command":["true"]}]"""));

        Assert.Equal(0, await run.ExitAsync());
        Assert.Empty(await Engine.Shared.ContainersAsync("com.amazonaws.ecs.task-definition-family=left-behind"));
    }

    private static RunningProcess Run(string file) => RunningProcess.Start(
        TestSettings.Binary, ["local", "run", file], new Dictionary<string, string?> { ["DOCKER_HOST"] = TestSettings.DockerHost });

    private static string Write(string name, string definition)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("ecs-agent-run-").FullName, $"{name}.json");
        File.WriteAllText(file, definition);
        return file;
    }
}
