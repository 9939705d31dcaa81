using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Presentation;

namespace Ecs.Agent.Host.Tests.Presentation;

public sealed class RunOutcomeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(137)]
    public void ExitCode_OneContainerThatRan_IsItsOwn(int exitCode)
    {
        Assert.Equal(exitCode, RunOutcome.ExitCode(Snapshots.Task(Snapshots.Ended("app", exitCode)), stopRequested: false));
    }

    [Fact]
    public void ExitCode_SeveralEssentialContainers_IsOfTheFirstToEnd()
    {
        var task = Snapshots.Task(Snapshots.Ended("late", 1, afterSeconds: 9), Snapshots.Ended("early", 4, afterSeconds: 2));

        Assert.Equal(4, RunOutcome.ExitCode(task, stopRequested: false));
    }

    [Fact]
    public void ExitCode_SidecarEndsEarlier_IsStillTheEssentialContainers()
    {
        var task = Snapshots.Task(Snapshots.Ended("sidecar", 9, afterSeconds: 1, essential: false), Snapshots.Ended("app", 2, afterSeconds: 5));

        Assert.Equal(2, RunOutcome.ExitCode(task, stopRequested: false));
    }

    [Theory]
    [InlineData(ContainerErrorNames.CannotPullContainer, ExitCodes.ImageUnavailable)]
    [InlineData(ContainerErrorNames.CannotPullContainerAuth, ExitCodes.ImageUnavailable)]
    [InlineData(ContainerErrorNames.CannotPullEcrContainer, ExitCodes.ImageUnavailable)]
    [InlineData(ContainerErrorNames.CannotPullImageManifest, ExitCodes.ImageUnavailable)]
    [InlineData(ContainerErrorNames.CannotCreateContainer, ExitCodes.TaskNotStarted)]
    [InlineData(ContainerErrorNames.CannotStartContainer, ExitCodes.TaskNotStarted)]
    public void ExitCode_ContainerThatNeverRan_TellsWhy(string error, int expected)
    {
        Assert.Equal(expected, RunOutcome.ExitCode(Snapshots.Task(Snapshots.Failed("app", error, "because")), stopRequested: false));
    }

    [Fact]
    public void ExitCode_DependencyFailureWithACodeOfItsOwn_IsNotTheContainers()
    {
        var container = Snapshots.Failed("app", ContainerErrorNames.CannotStartContainer, "dependency did not exit successfully") with { ExitCode = 143 };

        Assert.Equal(ExitCodes.TaskNotStarted, RunOutcome.ExitCode(Snapshots.Task(container), stopRequested: false));
    }

    [Fact]
    public void ExitCode_InitContainerCannotBePulled_IsImageUnavailable()
    {
        var init = Snapshots.Failed("init", ContainerErrorNames.CannotPullContainer, "no") with
        {
            Definition = new ContainerDefinition { Name = "init", Image = "init", Essential = false },
        };

        var app = Snapshots.Container("app", ContainerStatus.Stopped);

        Assert.Equal(ExitCodes.ImageUnavailable, RunOutcome.ExitCode(Snapshots.Task(init, app), stopRequested: false));
    }

    [Fact]
    public void ExitCode_StoppedBeforeAnythingRan_IsInterrupted()
    {
        var task = Snapshots.Task(Snapshots.Container("app", ContainerStatus.Stopped));

        Assert.Equal(ExitCodes.Interrupted, RunOutcome.ExitCode(task, stopRequested: true));
        Assert.Equal(ExitCodes.TaskNotStarted, RunOutcome.ExitCode(task, stopRequested: false));
    }

    [Fact]
    public void ExitCode_TaskThatCouldNotBePrepared_IsTaskNotStarted()
    {
        var task = Snapshots.Task(Snapshots.Container("app", ContainerStatus.Stopped)) with { TerminalReason = "dependency cycle" };

        Assert.Equal(ExitCodes.TaskNotStarted, RunOutcome.ExitCode(task, stopRequested: true));
    }
}
