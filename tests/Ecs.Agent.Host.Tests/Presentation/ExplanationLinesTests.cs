using Ecs.Agent.Host.Presentation;
using Ecs.Agent.Infrastructure.Operations.Wire;

namespace Ecs.Agent.Host.Tests.Presentation;

public sealed class ExplanationLinesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ExplanationLines _plain = new(colours: false);

    [Fact]
    public void List_OfSeveralAgents_IsOneTable()
    {
        var lines = _plain.Of([List(Summary("a1", "RUNNING", "RUNNING", "runs")), List(Summary("b22", "NONE", "RUNNING", "waits\nfor \e[31mit"))]);

        Assert.Equal(
            [
                "TASK  DEFINITION  STATUS           WHY",
                "a1    web:3       RUNNING          runs",
                "b22   web:3       NONE -> RUNNING  waits for \uFFFD[31mit",
            ],
            lines);
    }

    [Theory]
    [InlineData(1, "The agent of this machine has no tasks.")]
    [InlineData(2, "The 2 agents of this machine have no tasks.")]
    public void List_WithoutTasks_SaysSo(int agents, string expected) =>
        Assert.Equal([expected], _plain.Of([.. Enumerable.Repeat(List(), agents)]));

    [Fact]
    public void Task_StoppedByAFailedDependency_ReadsFromTheTopToTheRoot()
    {
        var task = Task() with
        {
            KnownStatus = "STOPPED",
            Stop = new StopDocument
            {
                Cause = "essentialContainer",
                Reason = "",
                Culprits = ["app", "init"],
                EndOrder = ["init", "app"],
                Text = ["Essential container app did not come up", "app was not started", "init ended by itself, exit code 3"],
            },
            Containers =
            [
                Container("init") with
                {
                    Essential = false,
                    KnownStatus = "STOPPED",
                    RuntimeId = "0123456789abcdef",
                    End = new EndDocument { Kind = "exited", At = T0, Text = "ended by itself, exit code 3", ExitCode = 3 },
                    Log = new LogDocument([new LogLineDocument("stdout", "oh\tno\e[2J")], Problem: null),
                },
                Container("app") with { Trouble = "E: text", Waits = [new WaitDocument { Kind = "step", Text = "waits" }] },
            ],
        };

        Assert.Equal(
            [
                "task t1 of web:3",
                "  arn/t1",
                "  task state",
                "  Essential container app did not come up",
                "  because app was not started",
                "    because init ended by itself, exit code 3",
                "  ended in this order: init, app",
                "",
                "  init (not essential)  state of init",
                "    ended by itself, exit code 3",
                "    docker: ecs-web-3-init-1 0123456789ab",
                "    last output:",
                "    | oh\tno\uFFFD[2J",
                "",
                "  app  state of app",
                "    waits",
                "    went on in spite of E: text",
            ],
            _plain.Of(task));
    }

    [Theory]
    [InlineData("no daemon", "    its output cannot be read: no daemon")]
    [InlineData(null, "    no output that could be read back")]
    public void Log_Empty_SaysWhy(string? problem, string expected) =>
        Assert.Equal(expected, _plain.Of(Task() with { Containers = [Ended() with { Log = new LogDocument([], problem) }] }).Last());

    [Fact]
    public void Log_OfAContainerThatRunsAndIsSilent_IsNotWorthALine() => Assert.Equal(
        "  app  state of app", _plain.Of(Task() with { Containers = [Container("app") with { Log = new LogDocument([], Problem: null) }] }).Last());

    [Fact]
    public void Task_OnATerminal_IsColoured() =>
        Assert.Contains(new ExplanationLines(colours: true).Of(Task()), line => line.Contains("\e[32m", StringComparison.Ordinal));

    [Theory]
    [InlineData("a\tb\r\nc", "a\tb  c")]
    [InlineData("\e]0;title\a", "\uFFFD]0;title\uFFFD")]
    [InlineData("\u009b1m \u202Eevil", "\uFFFD1m \uFFFDevil")]
    [InlineData("caf\u00e9 \U0001F433", "caf\u00e9 \U0001F433")]
    public void Printable_TextOfOthers_SteersNoTerminal(string text, string expected) => Assert.Equal(expected, Printable.Text(text));

    private static TaskListDocument List(params TaskSummaryDocument[] tasks) => new() { Agent = new AgentDocument(1, "default"), Tasks = [.. tasks] };

    private static TaskSummaryDocument Summary(string id, string known, string desired, string why) => new()
    {
        TaskArn = $"arn/{id}",
        Family = "web",
        Revision = "3",
        KnownStatus = known,
        DesiredStatus = desired,
        KnownSince = T0,
        Why = why,
    };

    private static TaskDocument Task() => new()
    {
        Agent = new AgentDocument(1, "default"),
        TaskArn = "arn/t1",
        Family = "web",
        Revision = "3",
        DesiredStatus = "RUNNING",
        KnownStatus = "RUNNING",
        KnownSince = T0,
        SentStatus = "RUNNING",
        ExplainedAt = T0,
        Text = "task state",
        Why = "why",
    };

    private static ContainerDocument Ended() =>
        Container("app") with { End = new EndDocument { Kind = "exited", At = T0, Text = "ended", ExitCode = 1 } };

    private static ContainerDocument Container(string name) => new()
    {
        Name = name,
        Image = "img",
        Essential = true,
        DockerName = $"ecs-web-3-{name}-1",
        DesiredStatus = "RUNNING",
        KnownStatus = "RUNNING",
        KnownSince = T0,
        Text = $"state of {name}",
    };
}
