using Ecs.Agent.LocalControlPlane.Tasks;

namespace Ecs.Agent.LocalControlPlane.Tests.Tasks;

public sealed class StopReasonsTests
{
    private const string CannotPull = "CannotPullContainerError: pull access denied";

    // started: RUNNING was reported; app and side: runtime id, exit code and reason the agent gave for the essential and the other
    // container.
    [Theory]
    [InlineData(true, "", "r,0,", "r,137,", StopCode.EssentialContainerExited, "Essential container in task exited")]
    [InlineData(false, "", "r,0,", "-,-,", StopCode.EssentialContainerExited, "Essential container in task exited")]
    [InlineData(
        false,
        "",
        "r,137,OutOfMemoryError: Container killed due to memory usage",
        "-,-,",
        StopCode.EssentialContainerExited,
        "Essential container in task exited")]
    [InlineData(false, "", "-,-," + CannotPull, "-,-,", StopCode.TaskFailedToStart, CannotPull)]
    [InlineData(
        false,
        "",
        "r,-,CannotStartContainerError: no such file",
        "-,-,",
        StopCode.TaskFailedToStart,
        "CannotStartContainerError: no such file")]
    [InlineData(
        false,
        "",
        "-,143,CannotStartContainerError: dependency",
        "r,5,",
        StopCode.TaskFailedToStart,
        "CannotStartContainerError: dependency")]
    [InlineData(false, "", "-,-," + CannotPull, "-,-,CannotPullContainerError: side", StopCode.TaskFailedToStart, CannotPull)]
    [InlineData(false, "", "-,-,", "-,-," + CannotPull, StopCode.TaskFailedToStart, CannotPull)]
    [InlineData(false, "", "-,-,", "-,-,", StopCode.TaskFailedToStart, "Task failed to start")]
    [InlineData(false, "VolumeError: no plugin", "-,-,", "-,-,", StopCode.TaskFailedToStart, "VolumeError: no plugin")]
    [InlineData(true, "disk gone", "r,1,", "r,1,", StopCode.EssentialContainerExited, "disk gone")]
    public void StopCodeAndReason_FollowFromWhatTheAgentSaid(
        bool started, string agentReason, string app, string side, string code, string reason)
    {
        var sample = SampleState.Task();
        var task = sample with
        {
            StartedAt = started ? SampleState.Start : null,
            Containers = [Ended(sample.Containers[0], app), Ended(sample.Containers[1], side)],
        };

        Assert.Equal((code, reason), StopReasons.Derive(task, agentReason));
    }

    private static PlacedContainer Ended(PlacedContainer container, string report)
    {
        var parts = report.Split(',', 3);
        return container with
        {
            Status = ContainerLifecycle.Stopped,
            RuntimeId = parts[0] == "-" ? null : parts[0],
            ExitCode = parts[1] == "-" ? null : int.Parse(parts[1]),
            Reason = parts[2].Length == 0 ? null : parts[2],
        };
    }
}
