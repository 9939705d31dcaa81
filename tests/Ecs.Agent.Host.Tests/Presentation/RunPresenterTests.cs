using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Host.Presentation;

namespace Ecs.Agent.Host.Tests.Presentation;

public sealed class RunPresenterTests
{
    private readonly RunPresenter _plain = new(["app", "db"], colours: false, showsProgress: false);
    private readonly RunPresenter _terminal = new(["app", "db"], colours: true, showsProgress: true);

    [Fact]
    public void Output_OfAContainer_HasItsNameInFront()
    {
        Assert.Equal(["db   | ready | now"], Render(new RunEvent.Output("db", "ready | now")));
    }

    [Fact]
    public void Output_OnATerminal_ColoursTheNameAndNothingElse()
    {
        Assert.Equal("\e[33mdb  \e[0m | ready", Assert.Single(_terminal.Render(new RunEvent.Output("db", "ready"))).Text);
    }

    [Fact]
    public void Name_ThatIsVeryLong_IsWhole()
    {
        var name = new string('n', 60);
        var presenter = new RunPresenter([name, "b"], colours: false, showsProgress: false);

        Assert.Equal(name + " | x", Assert.Single(presenter.Render(new RunEvent.Output(name, "x"))).Text);
        Assert.Equal("b".PadRight(32) + " | x", Assert.Single(presenter.Render(new RunEvent.Output("b", "x"))).Text);
    }

    [Fact]
    public void Pulling_OnATerminal_IsAPassingLineWithBothSizes()
    {
        var line = Assert.Single(_terminal.Render(new RunEvent.Pulling("app", new PullProgress(1_240_000, 10_000_000))));

        Assert.True(line.Passing);
        Assert.EndsWith("* pulling, 1.2 of 10.0 MB", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pulling_IntoAFile_SaysNothing()
    {
        Assert.Empty(_plain.Render(new RunEvent.Pulling("app", new PullProgress(1, 2))));
    }

    [Fact]
    public void Change_ContainerStartsWithPorts_ShowsWhereItListens()
    {
        var bindings = ImmutableArray.Create(
            new NetworkBinding { BindIp = "0.0.0.0", ContainerPort = 80, HostPort = 32768 },
            new NetworkBinding { BindIp = "::", ContainerPort = 53, HostPort = 53, Protocol = TransportProtocol.Udp },
            new NetworkBinding { BindIp = "0.0.0.0", ContainerPortRange = "90-91", HostPortRange = "3290-3291" });

        var lines = Change(
            Snapshots.Container("app", ContainerStatus.Created),
            Snapshots.Container("app", ContainerStatus.Running) with { NetworkBindings = bindings });

        Assert.Equal(["app  * RUNNING 0.0.0.0:32768->80/tcp, [::]:53->53/udp, 0.0.0.0:3290-3291->90-91/tcp"], lines);
    }

    [Fact]
    public void Change_BindingsKnownAfterTheStart_AreShownThen()
    {
        var running = Snapshots.Container("app", ContainerStatus.Running);
        var bound = running with { NetworkBindings = [new NetworkBinding { BindIp = "0.0.0.0", ContainerPort = 80, HostPort = 8080 }] };

        Assert.Equal(["app  * listens on 0.0.0.0:8080->80/tcp"], Change(running, bound));
        Assert.Empty(Change(bound, bound));
    }

    [Fact]
    public void Change_OfTheWholeLife_IsToldOncePerStep()
    {
        var none = Snapshots.Container("app") with { PullRequired = true };
        var pulling = none with { Known = ContainerStatus.ManifestPulled };
        var pulled = none with { Known = ContainerStatus.Pulled };
        var created = none with { Known = ContainerStatus.Created, RuntimeId = "0123456789abcdef" };
        var running = created with { Known = ContainerStatus.Running, StartedAt = Snapshots.Start };
        var healthy = running with { Health = HealthStatus.Healthy };
        var unhealthy = running with { Health = HealthStatus.Unhealthy };
        var restarted = unhealthy with { RestartCount = 1 };
        var stopped = restarted with { Known = ContainerStatus.Stopped, ExitCode = 0, FinishedAt = Snapshots.Start.AddSeconds(1) };

        Assert.Equal(
            [
                "app  * pulling repo/app",
                "app  * pulled repo/app",
                "app  * CREATED 0123456789ab",
                "app  * RUNNING",
                "app  * HEALTHY",
                "app  * UNHEALTHY",
                "app  * restarted (1)",
                "app  * STOPPED, exit code 0",
            ],
            [
                .. Change(null, none), .. Change(none, pulling), .. Change(pulling, pulled), .. Change(pulled, created),
                .. Change(created, running), .. Change(running, healthy), .. Change(healthy, unhealthy), .. Change(unhealthy, restarted),
                .. Change(restarted, stopped),
            ]);
    }

    [Theory]
    [InlineData(0, "STOPPED, exit code 0")]
    [InlineData(1, "STOPPED, exit code 1")]
    [InlineData(126, "STOPPED, exit code 126 (the command cannot be executed)")]
    [InlineData(127, "STOPPED, exit code 127 (the command was not found)")]
    [InlineData(137, "STOPPED, exit code 137 (SIGKILL)")]
    [InlineData(139, "STOPPED, exit code 139 (SIGSEGV)")]
    [InlineData(143, "STOPPED, exit code 143 (SIGTERM)")]
    [InlineData(255, "STOPPED, exit code 255")]
    public void Change_ContainerEnds_SaysWhatItsExitCodeMeans(int exitCode, string expected)
    {
        Assert.Equal(["app  * " + expected], Change(Snapshots.Container("app", ContainerStatus.Running), Snapshots.Ended("app", exitCode)));
    }

    [Fact]
    public void Change_ContainerKilledForItsMemory_SaysSo()
    {
        var killed = Snapshots.Ended("app", 137) with { Error = new ContainerError("OutOfMemoryError", "Container killed due to memory usage") };

        Assert.Equal(
            ["app  * STOPPED, exit code 137 (SIGKILL): OutOfMemoryError: Container killed due to memory usage"],
            Change(Snapshots.Container("app", ContainerStatus.Running), killed));
    }

    [Fact]
    public void Change_ContainerThatCannotStart_SaysWhyOnce()
    {
        var failed = Snapshots.Failed("app", "CannotPullContainerError", "pull access denied");

        Assert.Equal(
            ["app  * STOPPED, not started, image repo/app: CannotPullContainerError: pull access denied"],
            Change(Snapshots.Container("app") with { PullRequired = true }, failed));
    }

    [Fact]
    public void Change_PullFailsAndTheCachedImageIsUsed_ShowsTheErrorAndNoPull()
    {
        var before = Snapshots.Container("app") with { PullRequired = true };
        var after = before with { Known = ContainerStatus.Pulled, Error = new ContainerError("CannotPullContainerError", "no route") };

        Assert.Equal(["app  * CannotPullContainerError: no route"], Change(before, after));
    }

    [Fact]
    public void Change_TaskRuns_IsSaidAfterItsContainers()
    {
        var before = Snapshots.Task(Snapshots.Container("app", ContainerStatus.Created));
        var after = Snapshots.Task(Snapshots.Container("app", ContainerStatus.Running)) with { Known = EcsTaskStatus.Running };

        Assert.Equal(["app  * RUNNING", "task * RUNNING"], Render(new RunEvent.Changed(before, after)));
    }

    [Fact]
    public void Change_EssentialContainerEndsFirst_SaysWhyTheOthersAreStopped()
    {
        var db = Snapshots.Container("db", ContainerStatus.Running);
        var before = Snapshots.Task(Snapshots.Container("app", ContainerStatus.Running), db);
        var after = Snapshots.Task(Snapshots.Ended("app", 0), db) with { ExecutionStoppedAt = Snapshots.Start };

        Assert.Equal(
            ["app  * STOPPED, exit code 0", "task * essential container app has stopped, so the others are being stopped"],
            Render(new RunEvent.Changed(before, after)));
    }

    [Theory]
    [InlineData(9.2, "9.2 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3720, "1 h 2 min")]
    public void Ended_TaskThatRan_GivesTheReasonTheFirstContainerItsCodeAndTheTime(double seconds, string expected)
    {
        var task = Snapshots.Task(Snapshots.Ended("app", 137, afterSeconds: 5), Snapshots.Ended("db", 0, afterSeconds: 9));

        Assert.Equal(
            [$"task * STOPPED after {expected}: Essential container in task exited; app ended first, exit code 137 (SIGKILL)"],
            Ended(task, "Essential container in task exited", seconds));
    }

    [Fact]
    public void Ended_ContainerThatNeverStarted_SaysWhy()
    {
        Assert.Equal(
            ["task * STOPPED after 1.0 s: Task failed to start; app was not started, CannotCreateContainerError: no"],
            Ended(Snapshots.Task(Snapshots.Failed("app", "CannotCreateContainerError", "no")), "Task failed to start"));
    }

    [Fact]
    public void Ended_ReasonThatNamesTheErrorAlready_DoesNotSayItTwice()
    {
        Assert.Equal(
            ["task * STOPPED after 1.0 s: CannotCreateContainerError: no; app was not started"],
            Ended(Snapshots.Task(Snapshots.Failed("app", "CannotCreateContainerError", "no")), "CannotCreateContainerError: no"));
    }

    [Fact]
    public void Change_EssentialContainerEndsAfterAStopWasAskedFor_DoesNotClaimToBeTheCause()
    {
        var db = Snapshots.Container("db", ContainerStatus.Running);
        var before = Snapshots.Task(Snapshots.Container("app", ContainerStatus.Running), db) with { Desired = EcsTaskStatus.Stopped };
        var after = Snapshots.Task(Snapshots.Ended("app", 0), db) with { Desired = EcsTaskStatus.Stopped, ExecutionStoppedAt = Snapshots.Start };

        Assert.Equal(["app  * STOPPED, exit code 0"], Render(new RunEvent.Changed(before, after)));
    }

    [Fact]
    public void Ended_TaskThatCouldNotBePrepared_GivesItsReasonOnce()
    {
        var task = Snapshots.Task(Snapshots.Container("app", ContainerStatus.Stopped)) with { TerminalReason = "no such volume" };

        Assert.Equal(["task * STOPPED after 1.0 s: Task failed: no such volume; app was not started"], Ended(task, "Task failed: no such volume"));
        Assert.Equal(["task * STOPPED after 1.0 s: no such volume; app was not started"], Ended(task, ""));
    }

    [Fact]
    public void Kept_WithContainers_SaysHowToBeRidOfThem()
    {
        Assert.Equal(
            ["task * containers kept; to remove: docker rm ecs-family-1-app"],
            Render(new RunEvent.Kept(Snapshots.Task(Snapshots.Ended("app", 0), Snapshots.Container("db")))));
    }

    [Fact]
    public void LeftRunning_WithRunningContainers_SaysHowToBeRidOfThem()
    {
        var task = Snapshots.Task(Snapshots.Container("app", ContainerStatus.Running), Snapshots.Ended("db", 0));

        Assert.Equal(["task * left running: app", "task * to remove: docker rm -f ecs-family-1-app"], Render(new RunEvent.LeftRunning(task)));
        Assert.Equal(["task * left; no container was running"], Render(new RunEvent.LeftRunning(null)));
    }

    [Fact]
    public void Plain_WhateverHappens_HoldsNoEscapeSequence()
    {
        var task = Snapshots.Task(Snapshots.Ended("app", 1));
        RunEvent[] all =
        [
            new RunEvent.Note("n"), new RunEvent.Placed("family:1", "arn"), new RunEvent.Changed(null, task), new RunEvent.Output("app", "x"),
            new RunEvent.Stopping(), new RunEvent.LeftRunning(task), new RunEvent.Ended(task, "why", true, TimeSpan.Zero), new RunEvent.Kept(task),
        ];

        Assert.DoesNotContain(all.SelectMany(_plain.Render), line => line.Text.Contains('\e', StringComparison.Ordinal));
        Assert.Contains(all.SelectMany(_terminal.Render), line => line.Text.Contains('\e', StringComparison.Ordinal));
    }

    private string[] Change(EcsContainer? before, EcsContainer after) =>
        Render(new RunEvent.Changed(before is null ? null : Snapshots.Task(before), Snapshots.Task(after)));

    private string[] Ended(EcsTask task, string reason, double seconds = 1) =>
        Render(new RunEvent.Ended(task, reason, StopRequested: false, TimeSpan.FromSeconds(seconds)));

    private string[] Render(RunEvent happened) => [.. _plain.Render(happened).Select(line => line.Text)];
}
