using System.Collections.Immutable;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tests;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Checkpoints.Records;
using Ecs.Agent.Testing;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints;

/// <summary>What is outside an agent and outlives it: Docker, the control plane, the clock.</summary>
internal sealed class CheckpointedWorld : IContainerSurvey
{
    public CheckpointedWorld()
    {
        Docker = new FakeContainerRuntime(Clock);
        Runtime = Docker;
        ControlPlane = Heard;
        Survey = this;
    }

    public TestClock Clock { get; } = new();

    public FakeContainerRuntime Docker { get; }

    public FakeControlPlane Heard { get; private set; } = new();

    /// <summary>What the agent runs its containers with: <see cref="Docker"/>, or somebody who watches on the way there.</summary>
    public IContainerRuntime Runtime { get; set; }

    /// <summary>Whom the agent tells: <see cref="Heard"/>, or somebody who watches on the way there.</summary>
    public IControlPlane ControlPlane { get; set; }

    public IContainerSurvey Survey { get; }

    public IIdentityStore? Identities { get; set; }

    /// <summary>From here on the control plane remembers no earlier report.</summary>
    public void ForgetReports() => ControlPlane = Heard = new FakeControlPlane();

    /// <summary>What the labels of the containers say, written and read as the labels are.</summary>
    public Task<ImmutableArray<SurveyedContainer>> FindAsync(CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<SurveyedContainer>>(
        [.. Docker.Containers.Values.OrderBy(c => c.RuntimeId, StringComparer.Ordinal).Select(Read).OfType<SurveyedContainer>()]);

    private static SurveyedContainer? Read(FakeContainer container) =>
        container.Creation.ContainerInstanceArn is { } instance
        && RecoveryRecord.Read(RecoveryRecord.Write(instance, container.Creation)) is { } record
            ? new SurveyedContainer(
                record.Instance, record.Cluster, record.Directory, record.Task.ToDefinition(), record.Container,
                new FoundContainer(container.RuntimeId, container.DockerName, FakeContainerRuntime.DigestOf(container.Creation.Container.Image)))
            : null;
}
