using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.Tasks;

public sealed class TaskTransitionTests
{
    [Fact]
    public void Resources_OfATask_ComeBackOnceWhenItIsStopped()
    {
        var task = SampleState.Task();
        var instance = SampleState.Instance(1).Take(task.Needs);
        var state = ControlPlaneState.Empty.With(instance with { Payloads = instance.Payloads.Add(task.Arn) }).With(task);

        var stopping = TaskProgress.RequestStop(task, null, SampleState.Start);
        var midway = TaskTransition.Replace(state, task, stopping);
        var stopped = TaskProgress.Apply(stopping, new SubmitTaskStateChangeRequest { Status = "STOPPED" }, SampleState.Start);
        var after = TaskTransition.Replace(midway, stopping, stopped);
        var again = TaskTransition.Replace(after, stopped, stopped with { Version = 99 });

        Assert.Equal((1792, 3584, true), Left(midway));
        Assert.Equal((2048, 4096, false), Left(after));
        Assert.Equal((2048, 4096, false), Left(again));
        Assert.Empty(after.FindInstance(instance.Arn)!.Payloads.Waiting);
    }

    [Fact]
    public void StoppedTasks_AfterTheirRetention_AreForgotten()
    {
        var stopped = SampleState.Task() with { Status = TaskLifecycle.Stopped, StoppedAt = SampleState.Start };
        var state = ControlPlaneState.Empty.With(stopped).With(SampleState.Task("t2"));

        Assert.NotNull(state.ForgetStoppedBefore(SampleState.Start.AddTicks(-1)).FindTask(stopped.Arn));
        Assert.Equal([SampleState.Task("t2").Arn], state.ForgetStoppedBefore(SampleState.Start).Tasks.Keys);
    }

    private static (int Cpu, int Memory, bool Port) Left(ControlPlaneState state)
    {
        var left = state.FindInstance(SampleState.Instance(1).Arn)!.Remaining;
        return (left.Cpu, left.Memory, left.TcpPorts.Contains(8080));
    }
}
