using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Application.Tasks.ListTasks;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class ExplainTaskTests
{
    private const string Ids = "arn:aws:ecs:eu-central-1:123456789012:task/default/";

    [Fact]
    public async Task Explain_TaskStuckOnHealth_NamesTheEdge()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(
            Container("db") with { HasHealthCheck = true, StartTimeout = TimeSpan.FromMinutes(2) },
            Container("app", true, On("db", DependencyCondition.Healthy))));
        var task = await agent.UntilAsync(t => t.Find("db")!.IsRunning && t.Find("app")!.Known == ContainerStatus.ManifestPulled);

        var explained = await UntilAsync(agent, e => e.Find("app")!.Waits is [Wait.Dependency]);

        var wait = Assert.IsType<Wait.Dependency>(explained.Find("app")!.Waits[0]);
        Assert.Equal(("db", DependencyCondition.Healthy), (wait.Container, wait.Condition));
        Assert.Equal(task.Find("db")!.StartedAt + TimeSpan.FromMinutes(2), wait.Deadline);
    }

    [Fact]
    public async Task Explain_TaskThatDoesNotFit_SaysWhatItWantsAndWhoHoldsIt()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(1, Container("app") with { MemoryMiB = 4000 }), Definition(2, Container("app") with { MemoryMiB = 200 }));
        await agent.UntilKnownAsync(EcsTaskStatus.Running);

        var explained = await UntilAsync(agent, e => e.Waits is [Wait.HostResources], task: 2);

        var wait = (Wait.HostResources)explained.Waits[0];
        var shortage = Assert.Single(wait.Shortages);
        Assert.Equal((HostResourceKind.Memory, 200, 96, 4096), (shortage.Kind, shortage.Wanted, shortage.Free, shortage.Total));
        Assert.Equal((Arn(1), 1), (Assert.Single(shortage.Holders).TaskArn, wait.Place));
    }

    [Fact]
    public async Task Explain_StepInFlight_SaysSinceWhen()
    {
        await using var agent = await StartAsync();
        var hold = agent.Runtime.Hold(RuntimeOperation.CreateContainer);
        var begun = agent.Clock.GetUtcNow();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilRuntimeAsync(r => r.Calls.Any(c => c.Operation == RuntimeOperation.CreateContainer));
        agent.Clock.Advance(TimeSpan.FromSeconds(3));

        // Nothing has made the owner plan again since it began the step.
        var explained = await UntilAsync(agent, e => e.Find("app")!.Waits is [Wait.Step { Kind: TaskStepKind.CreateContainer }]);

        Assert.Equal(begun, explained.Find("app")!.Waits[0].Since);
        Assert.Equal(begun + TimeSpan.FromSeconds(3), explained.At);
        hold.Release();
        Assert.Empty((await UntilAsync(agent, e => e.Known == EcsTaskStatus.Running)).Find("app")!.Waits);
    }

    [Fact]
    public async Task Explain_ContainerThatIgnoresItsStopSignal_WasKilledAndTheOtherHeeded()
    {
        await using var agent = await StartAsync();
        agent.Runtime.IgnoresStopSignal = c => c.Name == "stubborn";
        var grace = TimeSpan.FromSeconds(7);
        await agent.RunAsync(Definition(Container("app"), Container("stubborn") with { StopTimeout = grace }, Container("good")));
        await agent.UntilKnownAsync(EcsTaskStatus.Running);
        agent.Exit("app", 3);
        await agent.UntilAsync(t => t.Find("good")!.Known == ContainerStatus.Stopped);
        await agent.Clock.PassAsync(grace, agent.Patience);
        await agent.UntilKnownAsync(EcsTaskStatus.Stopped);

        var explained = await UntilAsync(agent, e => e.Known == EcsTaskStatus.Stopped);

        Assert.Equal(["app"], explained.Stop!.Culprits.AsEnumerable());
        Assert.Equal("app", explained.Stop.EndOrder[0]);
        Assert.Equal("stubborn", explained.Stop.EndOrder[^1]);
        Assert.IsType<StopResponse.None>(Exit(explained, "app").Response);
        Assert.Equal(grace, Assert.IsType<StopResponse.Killed>(Exit(explained, "stubborn").Response).Attempt.GracePeriod);
        Assert.IsType<StopResponse.Heeded>(Exit(explained, "good").Response);
    }

    [Fact]
    public async Task Explain_OutOfMemory_IsTheEvidence()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app") with { MemoryMiB = 32 }));
        await agent.UntilKnownAsync(EcsTaskStatus.Running);
        agent.Exit("app", 137, oom: true);
        await agent.UntilKnownAsync(EcsTaskStatus.Stopped);

        var explained = await UntilAsync(agent, e => e.Known == EcsTaskStatus.Stopped);

        Assert.Equal(137, Assert.IsType<ContainerEnd.OutOfMemory>(explained.Find("app")!.End).ExitCode);
    }

    [Fact]
    public async Task Explain_WithLogLines_HasTheLastOfEachContainerThatRan()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("init", essential: false), Container("app", true, On("init", DependencyCondition.Success))));
        await agent.UntilAsync(t => t.Find("init")!.IsRunning);
        foreach (var text in new[] { "one", "two", "three" })
        {
            agent.Runtime.Write(agent.Docker("init").DockerName, text, isError: text == "three");
        }

        agent.Exit("init", 1);
        await agent.UntilKnownAsync(EcsTaskStatus.Stopped);

        var tail = Assert.Single((await ExplainAsync(agent, Arn(), logLines: 2)).Tails);
        Assert.Equal("init", tail.Container);
        Assert.Equal([new ContainerLogLine("two", false), new ContainerLogLine("three", true)], tail.Lines.AsEnumerable());
        Assert.Empty((await ExplainAsync(agent, Arn(), logLines: 0)).Tails);
        Assert.DoesNotContain("three", tail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_LogsThatCannotBeRead_ExplainsAllTheSame()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilKnownAsync(EcsTaskStatus.Running);
        agent.Runtime.Fail(RuntimeOperation.ReadLogs, "SomeError", "no");

        Assert.Equal("SomeError: no", Assert.Single((await ExplainAsync(agent, Arn(), 1)).Tails).Problem);
    }

    [Fact]
    public async Task Explain_LogsThatNeverCome_AreGivenUp()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilKnownAsync(EcsTaskStatus.Running);
        agent.Runtime.Hold(RuntimeOperation.ReadLogs);

        var explaining = ExplainAsync(agent, Arn(), 1);
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(5), agent.Patience);

        Assert.Equal("Docker has not given them within 5 s", Assert.Single((await explaining).Tails).Problem);
    }

    [Theory]
    [InlineData(Ids + "aaa1", "aaa1")]
    [InlineData("aaa1", "aaa1")]
    [InlineData("b", "b2")]
    [InlineData("aaa", "aaa")]
    [InlineData("aa", "aaa1 aaa")]
    [InlineData("c", "")]
    [InlineData("", "")]
    [InlineData("web", "")]
    [InlineData("AAA1", "")]
    public async Task Explain_TaskByName_IsFoundByArnIdOrBeginningOfTheId(string name, string expected)
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(
            Definition(Container("app")) with { Arn = Ids + "aaa1" },
            Definition(Container("app")) with { Arn = Ids + "aaa" },
            Definition(Container("app")) with { Arn = Ids + "b2" });

        var found = await agent.SendAsync(new ExplainTaskQuery(name, 0)) switch
        {
            ExplainTaskResult.Explained one => [one.Task.Arn],
            ExplainTaskResult.Ambiguous several => several.TaskArns,
            _ => [],
        };

        Assert.Equal(expected, string.Join(' ', found.Select(arn => arn[Ids.Length..])));
    }

    [Fact]
    public async Task List_AllTasks_ComeInTheOrderOfTheirAdmission()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(1, Container("app") with { Cpu = 2048 }), Definition(2, Container("app") with { Cpu = 1 }));
        await agent.UntilKnownAsync(EcsTaskStatus.Running);

        var list = await agent.SendAsync(new ListTasksQuery());

        Assert.Equal([Arn(1), Arn(2)], list.Tasks.Select(t => t.Arn));
        Assert.Contains("CPU: 1 units wanted, 0 of 2048 free", ExplanationText.Summary(list.Tasks[1]), StringComparison.Ordinal);
    }

    private static ContainerEnd.Exited Exit(TaskExplanation task, string container) =>
        Assert.IsType<ContainerEnd.Exited>(task.Find(container)!.End);

    private static async Task<ExplainTaskResult.Explained> ExplainAsync(TestAgent agent, string task, int logLines) =>
        Assert.IsType<ExplainTaskResult.Explained>(await agent.SendAsync(new ExplainTaskQuery(task, logLines)));

    /// <summary>The owner shows what it has done a moment after its observers have heard of the change.</summary>
    private static async Task<TaskExplanation> UntilAsync(TestAgent agent, Predicate<TaskExplanation> condition, int task = 1)
    {
        while (true)
        {
            var explained = await ExplainAsync(agent, Arn(task), logLines: 0);
            if (condition(explained.Task))
            {
                return explained.Task;
            }

            agent.Patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
