using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Host.Presentation;

namespace Ecs.Agent.Host.Tests.Presentation;

public sealed class RunExplanationTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ExitCodeThatTheSummaryHas_IsNotRepeated() => Assert.Empty(Lines(["app"], ("app", Exited(3))));

    [Fact]
    public void FailedDependency_IsFollowedToItsRoot()
    {
        var givenUp = new ContainerEnd.GivenUp(T0, new("init", DependencyCondition.Success), TimedOut: false, new ContainerError("E", "text"));

        Assert.Equal(["because init ended by itself, exit code 3"], Lines(["app", "init"], ("app", givenUp), ("init", Exited(3))));
    }

    [Fact]
    public void OutOfMemory_HasItsEvidence() => Assert.Equal(
        ["app was killed for its memory (Docker's out-of-memory flag is set), exit code 137 (SIGKILL); its limit is 64 MiB"],
        Lines(["app"], ("app", new ContainerEnd.OutOfMemory(T0, 137))));

    [Fact]
    public void Crash_SaysWhatTheSignalMeans() =>
        Assert.Equal(["app ended by itself, exit code 139 (SIGSEGV); it crashed"], Lines(["app"], ("app", Exited(139))));

    [Fact]
    public void StopSignalNotHeeded_IsSaid()
    {
        var killed = Exited(137) with { Response = new StopResponse.Killed(new StopAttempt(T0, TimeSpan.FromSeconds(2))) };

        Assert.Equal(
            ["side did not heed its stop signal within 2 s and was killed, exit code 137 (SIGKILL)"],
            Lines(["app"], ("app", Exited(1)), ("side", killed)));
    }

    [Fact]
    public void Rendered_EachIsALineOfTheTask()
    {
        var presenter = new RunPresenter(["app"], colours: false, showsProgress: false);

        Assert.Equal(
            ["task * app ended by itself, exit code 139 (SIGSEGV); it crashed"],
            presenter.Render(new RunEvent.Explained(Task(["app"], ("app", Exited(139))))).Select(line => line.Text));
    }

    private static IEnumerable<string> Lines(ImmutableArray<string> culprits, params (string Name, ContainerEnd End)[] ends) =>
        RunExplanation.Of(Task(culprits, ends));

    private static TaskExplanation Task(ImmutableArray<string> culprits, params (string Name, ContainerEnd End)[] ends) => new()
    {
        Arn = "arn/t1",
        Family = "web",
        Revision = "3",
        Desired = EcsTaskStatus.Stopped,
        Known = EcsTaskStatus.Stopped,
        KnownSince = T0,
        Sent = EcsTaskStatus.Stopped,
        At = T0,
        Stop = new StopStory(new StopCause.EssentialContainer(T0, culprits[0]), "", culprits, []),
        Containers =
        [
            .. ends.Select(end => new ContainerExplanation
            {
                Name = end.Name,
                Image = "img",
                Essential = true,
                DockerName = "d",
                Desired = ContainerStatus.Stopped,
                Known = ContainerStatus.Stopped,
                KnownSince = T0,
                MemoryMiB = 64,
                HasRun = true,
                End = end.End,
            }),
        ],
    };

    private static ContainerEnd.Exited Exited(int exitCode) => new(T0, exitCode, StopResponse.None.Instance, Error: null);
}
