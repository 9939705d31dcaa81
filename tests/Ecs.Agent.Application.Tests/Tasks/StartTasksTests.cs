using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class StartTasksTests
{
    [Fact]
    public async Task Rejected_Entry_IsReportedAndTheOthersRun()
    {
        await using var agent = await StartAsync();

        var result = await agent.SendAsync(
            new StartTasksCommand([Definition(2, Container("app"))], [new RejectedTask(Arn(1), "Unrecognized TaskStatus")]));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);

        Assert.False(result.AllAccepted);
        Assert.Equal(["STOPPED \"UnrecogniedTaskError: Error loading task - Unrecognized TaskStatus\": "], agent.Story(1));
    }

    [Fact]
    public async Task Rejected_EntryWithoutArn_IsToldToNobody()
    {
        await using var agent = await StartAsync();

        var result = await agent.SendAsync(new StartTasksCommand([], [new RejectedTask("", "no arn")]));

        Assert.False(result.AllAccepted);
        Assert.Empty(agent.Directory.All());
    }

    [Fact]
    public async Task Invalid_Task_IsReportedWithAllItsProblemsAtOnce()
    {
        await using var agent = await StartAsync();

        var result = await agent.RunAsync(Definition(Container("same"), Container("same"), Container("imageless") with { Image = "" }));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.False(result.AllAccepted);
        Assert.Equal(
            [
                "STOPPED \"UnrecogniedTaskError: Error loading task - containers: names must be unique within the task; "
                + "containers: every container needs a name and an image\": ",
            ],
            agent.Story());
    }

    [Fact]
    public async Task Invalid_TaskWithoutContainers_IsReported()
    {
        await using var agent = await StartAsync();

        await agent.RunAsync(Definition());
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            ["STOPPED \"UnrecogniedTaskError: Error loading task - containers: a task needs at least one container\": "], agent.Story());
    }

    [Fact]
    public async Task Directory_OfAllTasks_IsInTheOrderOfAdmission()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(3, Container("app")), Definition(1, Container("app")), Definition(2, Container("app")));

        Assert.Equal([Arn(3), Arn(1), Arn(2)], agent.Directory.All().Select(t => t.Arn));
        Assert.Null(agent.Directory.Find("nobody"));
        Assert.Equal(ContainerStatus.Running, agent.Directory.Find(Arn(1))!.Containers[0].Desired);
    }
}
