using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class RecoveryTests
{
    private const string Instance = "arn:aws:ecs:eu-central-1:123456789012:container-instance/default/earlier";

    private static AgentOptions Kept { get; } = Options with { Checkpoint = true, DataDirectory = "/var/lib/ecs/data" };

    [Fact]
    public async Task Restart_CreationBeforeTheRegistration_TellsWhoseTheContainerIs()
    {
        await using var agent = await StartAsync(Kept, await WithATaskThatHasItsPlaceAsync(), register: false, also: WasBefore);

        await agent.UntilKnownAsync(EcsTaskStatus.Running);

        Assert.Equal(("default", Instance), WhoseIs(agent));
    }

    [Fact]
    public async Task Restart_IdentityGone_CreatesNothingBeforeTheRegistration()
    {
        await using var agent = await StartAsync(Kept, await WithATaskThatHasItsPlaceAsync(), register: false);
        await agent.UntilAsync(t => t.Find("app")!.Known == ContainerStatus.Pulled);

        await agent.RegisterAsync();
        await agent.UntilKnownAsync(EcsTaskStatus.Running);

        Assert.Equal(("default", agent.ControlPlane.Instance.Arn), WhoseIs(agent));
    }

    [Theory]
    [InlineData("default", "/var/lib/ecs/data", Instance)]
    [InlineData("default", "/var/lib/ecs/second", null)]
    [InlineData("another", "/var/lib/ecs/data", null)]
    public async Task Recover_IdentityGone_BelievesOnlyItsOwnContainers(string cluster, string dataDirectory, string? expected)
    {
        await using var agent = await StartAsync(Kept, register: false, also: Found(new SurveyedContainer(
            Instance, cluster, dataDirectory, Definition(Container("app")), "app", new FoundContainer("id", "ecs-web-3-app-1", ImageId: null))));

        var recovered = await agent.SendAsync(new RecoverTasksCommand());
        await agent.RegisterAsync();

        Assert.Equal(expected is null ? 0 : 1, recovered.Recovered);
        Assert.Equal(expected, agent.ControlPlane.Registration!.ContainerInstanceArn);
    }

    [Fact]
    public async Task Recover_TaskForgottenWhileItsContainersWereListed_StaysForgotten()
    {
        TestAgent? running = null;
        var survey = new Mock<IContainerSurvey>();
        survey.Setup(s => s.FindAsync(It.IsAny<CancellationToken>())).Returns(async () =>
        {
            // As the list was made the container was still there.
            var container = new FoundContainer(running!.Docker("app").RuntimeId, running.Docker("app").DockerName, ImageId: null);
            await running.CleanUpAsync();
            await running.Directory.ForgottenAsync(Arn(), running.Patience);
            return [new SurveyedContainer(
                running.ControlPlane.Instance.Arn, "default", Kept.DataDirectory, Definition(Container("app")), "app", container)];
        });
        await using var agent = running = await StartAsync(Kept, also: services => services.AddSingleton(survey.Object));
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.Exit("app", 3);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        var recovered = await agent.SendAsync(new RecoverTasksCommand());

        Assert.Equal(0, recovered.Recovered);
        Assert.Empty(agent.Directory.All());
    }

    private static (string Cluster, string? Instance) WhoseIs(TestAgent agent) =>
        (agent.Docker("app").Creation.Cluster, agent.Docker("app").Creation.ContainerInstanceArn);

    private static void WasBefore(IServiceCollection services) => services.AddSingleton(
        Mock.Of<IIdentityStore>(store => store.Load() == new SavedIdentity("default", Instance, null, null)));

    private static Action<IServiceCollection> Found(params ImmutableArray<SurveyedContainer> containers) => services => services.AddSingleton(
        Mock.Of<IContainerSurvey>(survey => survey.FindAsync(It.IsAny<CancellationToken>()) == Task.FromResult(containers)));

    private static async Task<InMemoryCheckpointStore> WithATaskThatHasItsPlaceAsync()
    {
        var checkpoints = new InMemoryCheckpointStore();
        var at = DateTimeOffset.UnixEpoch;
        var task = EcsTask.Admit(Definition(Container("app")), () => "0", at).Apply(new TaskEvent.HostResourcesGranted(at));
        await checkpoints.SaveAsync(task, TestContext.Current.CancellationToken);
        return checkpoints;
    }
}
