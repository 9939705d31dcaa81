using Ecs.Agent.LocalControlPlane.Acs;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.LocalControlPlane.Tests.Acs;

public sealed class TaskManifestTests
{
    private static readonly ResourceNames Names = new("us-east-1", "000000000000");

    [Fact]
    public void Manifest_ListsTheTasksOfTheInstance_WithWhatIsWanted()
    {
        var state = State(stopDesired: true);

        var manifest = TaskManifest.Of(state, state.FindInstance(SampleState.Instance(1).Arn)!, "mf", SampleState.Start);

        Assert.Equal(100, manifest.Timeline);
        Assert.Equal(
            [("run", "RUNNING"), ("stop", "STOPPED")], manifest.Tasks!.Select(task => (task.TaskArn!.Split('/')[^1], task.DesiredStatus!)));
    }

    [Theory]
    [InlineData("arn:aws:ecs:us-east-1:000000000000:task/default/stop", true)]
    [InlineData("arn:aws:ecs:us-east-1:000000000000:task/default/run", false)]
    [InlineData("arn:aws:ecs:us-east-1:000000000000:task/default/forgotten", true)]
    [InlineData("arn:aws:ecs:us-east-1:000000000000:task/other/foreign", false)]
    [InlineData("arn:::::/service-connect-relay-1", false)]
    public void StopCandidate_IsConfirmed_OnlyWhenItIsOursAndUnwanted(string arn, bool confirmed)
    {
        var state = State(stopDesired: true);
        var candidate = new TaskIdentifier { TaskArn = arn, DesiredStatus = "STOPPED" };
        var request = new TaskStopVerificationMessage { MessageId = "mf", StopCandidates = [candidate] };

        var ack = TaskManifest.Confirm(state, state.FindInstance(SampleState.Instance(1).Arn)!, request, Names, SampleState.Start);

        Assert.Equal("mf", ack.MessageId);
        Assert.Equal(confirmed, ack.StopTasks!.Any(task => task.TaskArn == arn && task.DesiredStatus == "STOPPED"));
    }

    private static ControlPlaneState State(bool stopDesired) => ControlPlaneState.Empty
        .With(SampleState.Instance(1))
        .With(SampleState.Task("run"))
        .With(SampleState.Task("stop") with { StopDesired = stopDesired, Ordinal = 11 });
}
