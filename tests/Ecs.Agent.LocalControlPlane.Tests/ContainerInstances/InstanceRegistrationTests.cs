using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.ContainerInstances;

public sealed class InstanceRegistrationTests
{
    private static readonly Cluster Default = new("default", SampleState.ClusterArn, 1);

    [Fact]
    public void NewInstance_EchoesAttributesAndGetsAZone()
    {
        var (_, instance) = Register(ControlPlaneState.Empty, Request());

        Assert.Equal(("new-1", "us-east-1a"), (instance.Arn, instance.AvailabilityZone));
        Assert.Equal([("custom", "x"), ("ecs.capability.efs", null)], instance.Attributes.Take(2).Select(a => (a.Name, a.Value)));
        Assert.Equal((2048, 4096), (instance.Registered.Cpu, instance.Registered.Memory));
        Assert.Equal([22], instance.Registered.TcpPorts);
    }

    [Fact]
    public void SameClientToken_IsTheSameInstance()
    {
        var (state, first) = Register(ControlPlaneState.Empty, Request());
        var (after, second) = Register(state, Request());
        var (_, third) = Register(after, Request() with { ClientToken = "other" });

        Assert.Equal(first.Arn, second.Arn);
        Assert.NotEqual(first.Arn, third.Arn);
    }

    [Fact]
    public void Reregistration_KeepsCustomAttributesAndTheNeedsOfItsTasks()
    {
        var (state, first) = Register(ControlPlaneState.Empty, Request());
        var task = SampleState.Task() with { ContainerInstanceArn = first.Arn };

        var (_, again) = Register(state.With(task), Request() with
        {
            ClientToken = "next life",
            ContainerInstanceArn = first.Arn,
            Attributes = [new EcsAttribute { Name = "ecs.capability.new" }],
        });

        Assert.Equal(first.Arn, again.Arn);
        Assert.Equal(["ecs.capability.new", "custom", "ecs.availability-zone"], again.Attributes.Select(a => a.Name));
        Assert.Equal((2048 - 256, 4096 - 512), (again.Remaining.Cpu, again.Remaining.Memory));
    }

    [Fact]
    public void Arn_OfAnEarlierLife_IsTakenOver()
    {
        var (_, instance) = Register(ControlPlaneState.Empty, Request() with { ContainerInstanceArn = "arn:earlier" });

        Assert.Equal("arn:earlier", instance.Arn);
    }

    [Fact]
    public void Sequence_StartsFromTheClock_SoALaterLifeCountsOn()
    {
        var (_, earlier) = Register(ControlPlaneState.Empty, Request());
        var (_, later) = InstanceRegistration.Register(
            ControlPlaneState.Empty, Default, Request(), "new-1", "us-east-1a", SampleState.Start.AddMinutes(1));

        Assert.True(later.Sequence >= earlier.Sequence + 60);
    }

    [Fact]
    public void IdentityDocument_NamesInstanceAndZone()
    {
        var (_, instance) = Register(ControlPlaneState.Empty, Request() with
        {
            InstanceIdentityDocument = """{"instanceId":"i-1","availabilityZone":"eu-west-1b"}""",
        });

        Assert.Equal(("i-1", "eu-west-1b"), (instance.Ec2InstanceId, instance.AvailabilityZone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("""{"instanceId":7}""")]
    public void IdentityDocument_Unreadable_IsNone(string text) =>
        Assert.Equal(new IdentityDocument(null, null), IdentityDocument.Read(text));

    private static (ControlPlaneState State, ContainerInstance Instance) Register(
        ControlPlaneState state, RegisterContainerInstanceRequest request) =>
        InstanceRegistration.Register(state, Default, request, $"new-{state.NextOrdinal}", "us-east-1a", SampleState.Start);

    private static RegisterContainerInstanceRequest Request() => new()
    {
        ClientToken = "token",
        TotalResources =
        [
            new Resource { Name = "CPU", Type = "INTEGER", IntegerValue = 2048 },
            new Resource { Name = "MEMORY", Type = "INTEGER", IntegerValue = 4096 },
            new Resource { Name = "PORTS", Type = "STRINGSET", StringSetValue = ["22"] },
            new Resource { Name = "PORTS_UDP", Type = "STRINGSET", StringSetValue = [] },
        ],
        Attributes = [new EcsAttribute { Name = "custom", Value = "x" }, new EcsAttribute { Name = "ecs.capability.efs" }],
    };
}
