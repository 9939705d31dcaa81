using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

/// <summary>What the containers tell when the saved state is gone, or older than they are.</summary>
public sealed class RecoverTasksTests
{
    private const string Instance = "arn:aws:ecs:eu-central-1:123456789012:container-instance/default/1";

    private static AgentOptions Durable { get; } = Options with { Checkpoint = true };

    private static TaskDefinition App { get; } = Definition(Container("app") with { Cpu = 1500 });

    [Fact]
    public async Task RecoverTasks_SavedAsWaitingWithAContainer_HoldsItsShareBeforeAnybodyIsLetIn()
    {
        var checkpoints = new InMemoryCheckpointStore();
        var first = EcsTask.Admit(Definition(2, Container("other") with { Cpu = 1500 }), () => "0", DateTimeOffset.UnixEpoch);
        await checkpoints.SaveAsync(first, TestContext.Current.CancellationToken);
        await checkpoints.SaveAsync(
            EcsTask.Admit(App, () => "1", DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
        await using var agent = await StartAsync(Durable, checkpoints, register: false, also: services => services.AddSingleton<IContainerSurvey>(new Survey()));

        await agent.SendAsync(new RecoverTasksCommand());
        await agent.UntilAsync(t => t.HostResources == HostResourceClaim.Held);
        await agent.RegisterAsync();

        Assert.Equal(HostResourceClaim.Waiting, agent.Owners.Find(first.Arn)!.HostResources);
    }

    [Fact]
    public async Task RecoverTasks_WhileNothingCanBeSaved_TakesThemOnAllTheSame()
    {
        await using var agent = await StartAsync(Durable, new FullDisk(), register: false, also: services => services.AddSingleton<IContainerSurvey>(new Survey()));

        var result = await agent.SendAsync(new RecoverTasksCommand());

        Assert.Equal(1, result.Recovered);
        Assert.Equal(HostResourceClaim.Held, agent.Owners.Find(App.Arn)!.HostResources);
        await agent.UntilRuntimeAsync(runtime => runtime.Calls.Any(call => call.Operation == RuntimeOperation.InspectContainer));
    }

    private sealed class Survey : IContainerSurvey
    {
        public Task<ImmutableArray<SurveyedContainer>> FindAsync(CancellationToken cancellationToken) =>
            Task.FromResult<ImmutableArray<SurveyedContainer>>(
            [
                new(
                    Instance, "default", Durable.DataDirectory, App, "app", new FoundContainer("id", "ecs-web-3-app-1", "sha256:image")),
            ]);
    }

    private sealed class FullDisk : ICheckpointStore
    {
        public ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken) => throw Full();

        public ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken) => throw Full();

        public ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<ImmutableArray<EcsTask>>([]);

        private static CheckpointException Full() => new(CheckpointFailureKind.DiskFull, "the disk is full");
    }
}
