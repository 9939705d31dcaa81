using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class EcsTaskAdmissionTests
{
    [Fact]
    public void Admit_NewTask_WantsToRunAndHasNamesInDocker()
    {
        var task = Admitted(Container("app"), Container("side_car"));

        Assert.Equal(EcsTaskStatus.Running, task.Desired);
        Assert.Equal(EcsTaskStatus.None, task.Known);
        Assert.Equal(HostResourceClaim.Waiting, task.HostResources);
        Assert.Equal(
            ["ecs-web-3-app-00000000000000000001", "ecs-web-3-sidecar-00000000000000000002"], task.Containers.Select(c => c.DockerName));
        Assert.All(task.Containers, c => Assert.Equal(ContainerStatus.Running, c.Desired));
    }

    [Fact]
    public void Admit_Volumes_OnlyMountedOnesThatDockerMustProvideAreMade()
    {
        var definition = Definition(Container("app") with { MountPoints = [new("data", "/data", false), new("etc", "/etc", true)] }) with
        {
            Volumes =
            [
                new TaskVolume.TaskScoped { Name = "data", DockerName = "ecs-web-3-data-1" },
                new TaskVolume.TaskScoped { Name = "unused", DockerName = "ecs-web-3-unused-1" },
                new TaskVolume.Host { Name = "etc", SourcePath = "/etc" },
            ],
        };

        Assert.Equal(
            [new ResourceState(new TaskResource.DockerVolume(definition.Volumes[0]), ResourceStatus.None)],
            Admitted(definition).Resources.AsEnumerable());
    }

    [Fact]
    public void Admit_FargateTask_DoesNotWaitForTheHost() =>
        Assert.Equal(HostResourceClaim.Held, Admitted(Definition(Container("app")) with { LaunchType = "FARGATE" }).HostResources);

    [Fact]
    public void Refuse_AnyTask_IsStoppedWithNothingButItsReason()
    {
        var task = EcsTask.Refuse(Definition(Container("app")), "why", T0);

        Assert.Equal(
            (EcsTaskStatus.Stopped, EcsTaskStatus.Stopped, HostResourceClaim.Released), (task.Desired, task.Known, task.HostResources));
        Assert.Empty(task.Containers);
        Assert.Equal("why", task.TerminalReason);
    }

    [Theory]
    [InlineData("arn:aws:ecs:eu-central-1:1:task/default/abc", "abc")]
    [InlineData("arn:aws:ecs:eu-central-1:1:task/abc", "abc")]
    [InlineData("abc", "abc")]
    public void Id_OfAnArn_IsBehindTheLastSlash(string arn, string id) => Assert.Equal(id, (Definition() with { Arn = arn }).Id);
}
