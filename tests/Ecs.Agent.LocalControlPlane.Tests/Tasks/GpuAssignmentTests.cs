using Ecs.Agent.LocalControlPlane.Acs;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.Tasks;

/// <summary>A GPU belongs to one container of one task until that task has stopped.</summary>
public sealed class GpuAssignmentTests
{
    private static readonly ResourceNames Names = new("us-east-1", "000000000000");

    [Fact]
    public void Create_ContainersThatNeedGpus_GetDifferentOnes()
    {
        var (_, task) = Create(State("GPU-a", "GPU-b", "GPU-c"));

        Assert.Equal([["GPU-a"], [], ["GPU-b"]], task.Containers.Select(container => container.GpuIds));
        Assert.Equal(["GPU-a", "GPU-b"], task.Needs.GpuIds);
    }

    [Fact]
    public void Create_SecondTask_GetsWhatIsLeft_AndWhatIsGivenBack()
    {
        var (one, first) = Create(State("GPU-a", "GPU-b", "GPU-c", "GPU-d"));
        var (two, second) = Create(one);
        var three = TaskTransition.Replace(two, first, first with { Status = TaskLifecycle.Stopped });

        Assert.Equal(["GPU-c", "GPU-d"], second.Needs.GpuIds);
        Assert.Empty(two.Instances[SampleState.Instance(1).Arn].Remaining.GpuIds);
        Assert.Equal(["GPU-a", "GPU-b"], three.Instances[SampleState.Instance(1).Arn].Remaining.GpuIds);
    }

    [Fact]
    public void Payload_OfThePlacedTask_LendsEachGpuToItsContainer()
    {
        var (state, task) = Create(State("GPU-a", "GPU-b"));

        var payload = PayloadContent.Of(
            state, state.Instances[SampleState.Instance(1).Arn], new OutboundPayload("m", 1, [task.Arn]), SampleState.Start);

        Assert.Equal(
            [("gpu", "GPU-a", "a"), ("gpu", "GPU-b", "c")],
            Assert.Single(payload.Tasks!).Associations!.Select(lent => (lent.Type, lent.Name, Assert.Single(lent.Containers!))));
    }

    [Fact]
    public void From_Registration_KeepsTheIdsOfGpusOnly()
    {
        PlatformDevice[] devices = [new() { Id = "GPU-b", Type = "GPU" }, new() { Id = "x", Type = "OTHER" }, new() { Id = "GPU-a", Type = "GPU" }];

        Assert.Equal(["GPU-a", "GPU-b"], HostResources.From([], devices).GpuIds);
    }

    private static (ControlPlaneState State, PlacedTask Task) Create(ControlPlaneState state) => TaskCreation.Create(
        state, Launch(), SampleState.Instance(1).Arn, Names, Guid.NewGuid, SampleState.Start);

    private static TaskLaunch Launch() => new()
    {
        Cluster = new Cluster("default", SampleState.ClusterArn, 1),
        Definition = SampleState.Definition(WithGpu("a"), SampleState.Container("b"), WithGpu("c")),
        LaunchType = "EC2",
    };

    private static ContainerDefinition WithGpu(string name) =>
        SampleState.Container(name) with { ResourceRequirements = [new ResourceRequirement { Type = "GPU", Value = "1" }] };

    private static ControlPlaneState State(params string[] gpus)
    {
        var instance = SampleState.Instance(1);
        var resources = instance.Registered with { GpuIds = [.. gpus] };
        return ControlPlaneState.Empty.With(instance with { Registered = resources, Remaining = resources });
    }
}
