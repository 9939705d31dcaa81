using System.Collections.Immutable;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Credentials.RefreshCredentials;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Credentials;

public sealed class TaskCredentialsTests
{
    [Fact]
    public void Credentials_NeverPrint()
    {
        var printed = $"{Lent("id-1")}{new RefreshCredentialsCommand("arn", TaskRole.Execution, Lent("id-1"))}"
            + new TaskRoleCredentials("arn", TaskRole.Application, Lent("id-1"));

        Assert.DoesNotContain("not-a-real-secret", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIDEXAMPLE", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("a-token", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("id-1", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Keep_OfNewOnes_ReplacesTheOldAndTells()
    {
        var credentials = new TaskCredentials();
        var heard = new List<string>();
        credentials.CredentialsArrived += heard.Add;

        credentials.Keep("t1", TaskRole.Execution, Lent("id-1"));
        credentials.Keep("t1", TaskRole.Execution, Lent("id-2"));
        credentials.Keep("t2", TaskRole.Application, Lent("id-3"));

        Assert.Equal(["t1", "t1", "t2"], heard);
        Assert.Equal("id-2", credentials.Find("t1", TaskRole.Execution)?.CredentialsId);
        Assert.Null(credentials.Find("t1", TaskRole.Application));
        Assert.Null(credentials.FindById("id-1"));
        Assert.Equal(("t2", TaskRole.Application), credentials.FindById("id-3") is var (task, role, _) ? (task, role) : default);
    }

    [Fact]
    public async Task Credentials_OfAPayload_AreThereBeforeTheTask()
    {
        await using var agent = await StartedAsync();
        var order = new List<bool>();
        agent.Credentials.CredentialsArrived += arn => order.Add(agent.Directory.Find(arn) is null);

        await StartAsync(agent);

        Assert.Equal([true, true], order);
        Assert.True(agent.Credentials.Has(Arn(), TaskRole.Application));
        Assert.True(agent.Credentials.Has(Arn(), TaskRole.Execution));
    }

    [Fact]
    public async Task Credentials_OfATaskThatIsRefused_AreNotKept()
    {
        await using var agent = await StartedAsync();

        await agent.SendAsync(new StartTasksCommand([Definition() with { Containers = [] }], [], Both()));

        Assert.False(agent.Credentials.Has(Arn(), TaskRole.Execution));
    }

    [Fact]
    public async Task TaskRole_OfAStoppedTask_IsGoneAtOnceAndTheExecutionRoleWithTheTask()
    {
        await using var agent = await StartedAsync();
        await StartAsync(agent);
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        await agent.StopAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.False(agent.Credentials.Has(Arn(), TaskRole.Application));
        Assert.True(agent.Credentials.Has(Arn(), TaskRole.Execution));

        var gone = agent.Directory.ForgottenAsync(Arn(), agent.Patience);
        await agent.CleanUpAsync();
        await gone;

        Assert.False(agent.Credentials.Has(Arn(), TaskRole.Execution));
    }

    [Fact]
    public async Task Refresh_OfAKnownTask_ReplacesAndTellsItIsKnown()
    {
        await using var agent = await StartedAsync();
        await StartAsync(agent);

        var result = await agent.SendAsync(new RefreshCredentialsCommand(Arn(), TaskRole.Application, Lent("new")));

        Assert.True(result.TaskKnown);
        Assert.Equal("new", agent.Credentials.Find(Arn(), TaskRole.Application)?.CredentialsId);
    }

    [Fact]
    public async Task Refresh_OfAnUnknownTask_KeepsNothing()
    {
        await using var agent = await StartedAsync();

        var result = await agent.SendAsync(new RefreshCredentialsCommand(Arn(), TaskRole.Execution, Lent("new")));

        Assert.False(result.TaskKnown);
        Assert.Null(agent.Credentials.Find(Arn(), TaskRole.Execution));
    }

    [Fact]
    public async Task Refresh_OfAStoppedTask_KeepsTheExecutionRoleAlone()
    {
        await using var agent = await StartedAsync();
        await StartAsync(agent);
        await agent.StopAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        foreach (var role in Enum.GetValues<TaskRole>())
        {
            Assert.True((await agent.SendAsync(new RefreshCredentialsCommand(Arn(), role, Lent("new")))).TaskKnown);
        }

        Assert.Null(agent.Credentials.Find(Arn(), TaskRole.Application));
        Assert.Equal("new", agent.Credentials.Find(Arn(), TaskRole.Execution)?.CredentialsId);
    }

    private static Task<TestAgent> StartedAsync() => TestAgent.StartAsync();

    private static Task<StartTasksResult> StartAsync(TestAgent agent) =>
        agent.SendAsync(new StartTasksCommand([Definition(Container("app"))], [], Both()));

    private static ImmutableArray<TaskRoleCredentials> Both() =>
    [
        new(Arn(), TaskRole.Application, Lent("task-1")), new(Arn(), TaskRole.Execution, Lent("exec-1")),
    ];

    private static RoleCredentials Lent(string id) => new()
    {
        CredentialsId = id,
        RoleArn = "arn:aws:iam::111122223333:role/shop",
        AccessKeyId = "AKIDEXAMPLE",
        SecretAccessKey = "not-a-real-secret",
        SessionToken = "a-token",
        Expiration = "2031-05-01T12:00:00Z",
    };
}
