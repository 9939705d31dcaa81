using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks.Resources;

/// <summary>The control group of a task, in the whole engine: there before any of its containers, removed after all of them.</summary>
public sealed class CgroupTests
{
    private readonly FakeTaskCgroups _cgroups = new();

    [Fact]
    public async Task Containers_OfALimitedTask_LieInItsGroup()
    {
        await using var agent = await StartedAsync();

        await agent.RunAsync(Definition(Container("app") with { MemoryMiB = 32 }) with
        {
            VCpu = 0.5,
            MemoryMiB = 64,
            PidMode = NamespaceMode.Task,
        });
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal(_cgroups.CgroupParentOf(Arn()[^32..]), agent.Docker("app").Creation.CgroupParent);
        Assert.Equal(agent.Docker("app").Creation.CgroupParent, agent.Docker(NamespacePause.ContainerName).Creation.CgroupParent);
        Assert.Equal(agent.Docker(NamespacePause.ContainerName).RuntimeId, agent.Docker("app").Creation.NamespacePauseId);
        Assert.Equal(PauseImage.Name, agent.Docker(NamespacePause.ContainerName).Creation.Container.Image);
        Assert.DoesNotContain(agent.Runtime.Calls, call => call.Operation == RuntimeOperation.PullImage && call.Subject == PauseImage.Name);
    }

    [Fact]
    public async Task CleanUp_RemovesTheGroupAfterTheContainers()
    {
        await using var agent = await StartedAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        Assert.NotEmpty(_cgroups.Groups);

        await agent.StopAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
        Assert.NotEmpty(_cgroups.Groups);
        await agent.CleanUpAsync();
        await agent.Directory.ForgottenAsync(Arn(), agent.Patience);

        Assert.Empty(_cgroups.Groups);
    }

    [Fact]
    public async Task Container_PromisedMoreThanItsTask_IsRefusedInTheWordsOfEcs()
    {
        await using var agent = await StartedAsync();

        await agent.RunAsync(Definition(Container("app") with { MemoryMiB = 128 }) with { MemoryMiB = 64 });
        var task = await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            $"resource cannot be initialized for task {Arn()}: task memory spec builder: "
            + "container memory limit(128) greater than task memory limit(64)",
            task.TerminalReason);
    }

    [Fact]
    public async Task Group_ThatCannotBeMade_StopsTheTask()
    {
        await using var agent = await StartedAsync();
        _cgroups.CreationFailure = "no space left on device";

        await agent.RunAsync(Definition(Container("app")));
        var task = await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("CgroupError: Agent could not create task's platform resources", task.TerminalReason);
        Assert.Equal(new TaskResource.Cgroup().Key, Assert.IsType<StopCause.Resource>(task.StopCause).Key);
    }

    [Fact]
    public async Task Machine_WithoutGroups_RunsTasksWithout()
    {
        await using var agent = await TestAgent.StartAsync();

        await agent.RunAsync(Definition(Container("app") with { MemoryMiB = 128 }) with { MemoryMiB = 64 });
        var task = await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Empty(task.Resources);
        Assert.Null(agent.Docker("app").Creation.CgroupParent);
    }

    private async Task<TestAgent> StartedAsync()
    {
        await _cgroups.PrepareAsync(CancellationToken.None);
        return await StartAsync(Options, also: services => services.AddSingleton<ITaskCgroups>(_cgroups));
    }
}
