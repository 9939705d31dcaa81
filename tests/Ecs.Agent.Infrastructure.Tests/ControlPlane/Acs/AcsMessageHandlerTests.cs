using System.Text;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Credentials.RefreshCredentials;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

public sealed class AcsMessageHandlerTests
{
    private readonly RecordingSender _sender = new();
    private readonly RecordingReplies _replies = new();
    private readonly RecordedManifestNumber _manifestNumber = new();

    [Fact]
    public async Task Heartbeat_IsAnswered()
    {
        await HandleAsync(New(), """{"type":"HeartbeatMessage","message":{"healthy":true,"messageId":"hb-1"}}""");
        Assert.Equal(["heartbeat hb-1"], _replies.Said);
    }

    [Fact]
    public async Task Payload_StopsFirstThenStartsThenAck()
    {
        await HandleAsync(New(), Payload(Task("t1", "RUNNING"), Task("t2", "STOPPED"), Task("t3", "RUNNING"), Task("t4", "DEAD")));
        Assert.Equal(
            ["t2", "t4"],
            _sender.Sent.OfType<StopTaskCommand>().Select(stop => stop.TaskArn));
        Assert.All(_sender.Sent.OfType<StopTaskCommand>(), stop => Assert.Equal(stop.TaskArn, stop.Definition!.Arn));
        var start = Assert.IsType<StartTasksCommand>(_sender.Sent[^1]);
        Assert.Equal(["t1", "t3"], start.Tasks.Select(task => task.Arn));
        Assert.Equal(3, _sender.Sent.Count);
        Assert.Equal(["ack arn:c arn:i p-1"], _replies.Said);
    }

    [Fact]
    public async Task Payload_Empty_IsAcknowledged()
    {
        await HandleAsync(New(), Payload());
        Assert.Empty(_sender.Sent);
        Assert.Equal(["ack arn:c arn:i p-1"], _replies.Said);
    }

    [Theory]
    [InlineData("messageId")]
    [InlineData("clusterArn")]
    [InlineData("containerInstanceArn")]
    public async Task Payload_RequiredMemberMissing_IsDropped(string member)
    {
        await HandleAsync(New(), Payload(Task("t1", "RUNNING")).Replace($"\"{member}\"", "\"x\"", StringComparison.Ordinal));
        Assert.Empty(_sender.Sent);
        Assert.Empty(_replies.Said);
    }

    [Theory]
    [InlineData("\"SLEEPING\"", "Unrecognized TaskStatus")]
    [InlineData("\"NONE\"", "desiredStatus: 'NONE' is neither RUNNING nor STOPPED")]
    [InlineData("null", "desiredStatus: '' is neither RUNNING nor STOPPED")]
    public async Task Payload_UnusableStatus_RejectsThatTaskAndRunsTheOthers(string status, string problem)
    {
        var bad = """{"arn":"bad","desiredStatus":STATUS,"containers":[{"name":"a","image":"i"}]}"""
            .Replace("STATUS", status, StringComparison.Ordinal);
        await HandleAsync(New(), Payload(bad, Task("t1", "RUNNING")));
        var start = Assert.IsType<StartTasksCommand>(Assert.Single(_sender.Sent));
        Assert.Equal(["t1"], start.Tasks.Select(task => task.Arn));
        Assert.Equal([new RejectedTask("bad", problem)], start.Rejected);
        Assert.Empty(_replies.Said);
    }

    [Fact]
    public async Task Payload_NullOrNamelessTask_IsNotAcknowledgedButTheOthersRun()
    {
        await HandleAsync(New(), Payload("null", Task("", "RUNNING"), Task("t1", "RUNNING")));
        Assert.Equal(["t1"], Assert.IsType<StartTasksCommand>(Assert.Single(_sender.Sent)).Tasks.Select(task => task.Arn));
        Assert.Empty(_replies.Said);
    }

    [Fact]
    public async Task Payload_StopOfAKnownTaskThatCannotBeTranslated_StopsItAllTheSame()
    {
        await HandleAsync(New(), Payload("""{"arn":"t","desiredStatus":"STOPPED","pidMode":"none","containers":[]}"""));
        Assert.Equal(new StopTaskCommand("t", null), Assert.Single(_sender.Sent));
        Assert.Equal(["ack arn:c arn:i p-1"], _replies.Said);
    }

    [Fact]
    public async Task Payload_StopOfAnUnknownTaskThatCannotBeTranslated_IsRejected()
    {
        _sender.OnStop = _ => new StopTaskResult(Known: false);
        await HandleAsync(New(), Payload("""{"arn":"t","desiredStatus":"STOPPED","pidMode":"none","containers":[]}"""));
        Assert.Equal("t", Assert.Single(Assert.IsType<StartTasksCommand>(_sender.Sent[^1]).Rejected).TaskArn);
        Assert.Empty(_replies.Said);
    }

    [Fact]
    public async Task Payload_NotAllAccepted_IsNotAcknowledged()
    {
        _sender.OnStart = _ => new StartTasksResult(AllAccepted: false);
        await HandleAsync(New(), Payload(Task("t1", "RUNNING")));
        Assert.Empty(_replies.Said);
    }

    [Fact]
    public async Task Payload_HandlerFails_CostsTheAcknowledgementOnly()
    {
        _sender.OnStart = _ => throw new InvalidOperationException("disk full");
        await HandleAsync(New(), Payload(Task("t1", "RUNNING")));
        Assert.Empty(_replies.Said);
    }

    [Theory]
    [InlineData("TaskApplication", TaskRole.Application)]
    [InlineData("TaskExecution", TaskRole.Execution)]
    public async Task Credentials_OfAKnownTask_AreKeptAndAcknowledged(string roleType, TaskRole role)
    {
        await HandleAsync(New(), Credentials(roleType));

        var command = Assert.IsType<RefreshCredentialsCommand>(Assert.Single(_sender.Sent));
        Assert.Equal(("t1", role), (command.TaskArn, command.Role));
        Assert.Equal(
            new RoleCredentials
            {
                CredentialsId = "c-9b1",
                RoleArn = "arn:r",
                AccessKeyId = "ASIAEXAMPLE0002",
                SecretAccessKey = "not-a-real-secret-2",
                SessionToken = "tok2",
                Expiration = "2031-05-01T18:00:00Z",
            },
            command.Credentials);
        Assert.Equal(["credentials cr-55 2031-05-01T18:00:00Z c-9b1"], _replies.Said);
    }

    [Fact]
    public async Task Credentials_OfAnUnknownTask_AreNotAcknowledged()
    {
        _sender.OnRefresh = _ => new RefreshCredentialsResult(TaskKnown: false);

        await HandleAsync(New(), Credentials("TaskExecution"));

        Assert.Empty(_replies.Said);
    }

    [Theory]
    [InlineData("\"messageId\":\"cr-55\"", "\"messageId\":\"\"")]
    [InlineData("\"taskArn\":\"t1\"", "\"taskArn\":\"\"")]
    [InlineData("TaskExecution", "TaskOther")]
    [InlineData("\"roleType\":\"TaskExecution\"", "\"x\":1")]
    [InlineData("\"credentialsId\":\"c-9b1\"", "\"credentialsId\":\"\"")]
    [InlineData("\"roleCredentials\":", "\"x\":")]
    public async Task Credentials_ThatAreIncomplete_AreDroppedWithoutAnswer(string part, string instead)
    {
        await HandleAsync(New(), Credentials("TaskExecution").Replace(part, instead, StringComparison.Ordinal));

        Assert.Empty(_sender.Sent);
        Assert.Empty(_replies.Said);
    }

    [Fact]
    public async Task Payload_WithCredentials_BringsThemAlongAndAcknowledgesEach()
    {
        await HandleAsync(New(), Payload(
            WithExecutionRole("t1", "RUNNING", "exec-1"), Task("t2", "RUNNING"), WithExecutionRole("t3", "STOPPED", "exec-3")));

        var refreshed = Assert.Single(_sender.Sent.OfType<RefreshCredentialsCommand>());
        Assert.Equal(("t3", TaskRole.Execution, "exec-3"), (refreshed.TaskArn, refreshed.Role, refreshed.Credentials.CredentialsId));
        var start = Assert.IsType<StartTasksCommand>(_sender.Sent[^1]);
        Assert.Equal(
            [("t1", TaskRole.Execution, "exec-1")],
            start.Credentials.Where(brought => brought.TaskArn == "t1").Select(b => (b.TaskArn, b.Role, b.Credentials.CredentialsId)));
        Assert.Equal(
            ["ack arn:c arn:i p-1", "credentials p-1 2031-05-01T12:00:00Z exec-1", "credentials p-1 2031-05-01T12:00:00Z exec-3"],
            _replies.Said);
    }

    [Fact]
    public async Task Payload_WithCredentialsThatIsNotAccepted_AcknowledgesNone()
    {
        _sender.OnStart = _ => new StartTasksResult(AllAccepted: false);

        await HandleAsync(New(), Payload(WithExecutionRole("t1", "RUNNING", "exec-1")));

        Assert.Empty(_replies.Said);
    }

    [Fact]
    public async Task Payload_WithCredentialsWithoutId_RejectsThatTask()
    {
        await HandleAsync(New(), Payload(WithExecutionRole("t1", "RUNNING", ""), WithExecutionRole("t2", "RUNNING", "exec-2")));

        var start = Assert.IsType<StartTasksCommand>(Assert.Single(_sender.Sent));
        Assert.Equal([new RejectedTask("t1", "CredentialsId is empty")], start.Rejected);
        Assert.Equal(["t2"], start.Credentials.Select(brought => brought.TaskArn));
        Assert.Empty(_replies.Said);
    }

    [Fact]
    public async Task Manifest_SurplusTasks_AreVerifiedAndStoppedOnceConfirmed()
    {
        var handler = New(FixedTasks.Task("here", EcsTaskStatus.Running), FixedTasks.Task("extra", EcsTaskStatus.Running),
            FixedTasks.Task("ending", EcsTaskStatus.Stopped), FixedTasks.Task("unwanted", EcsTaskStatus.Running));
        await HandleAsync(handler, Manifest("m-1", 5, ("here", "RUNNING"), ("unwanted", "STOPPED"), ("elsewhere", "RUNNING")));
        Assert.Equal(["ack arn:c arn:i m-1", "verify m-1: extra STOPPED arn:c, unwanted STOPPED arn:c"], _replies.Said);
        const string confirmation =
            """{"type":"TaskStopVerificationAck","message":{"messageId":"m-1","stopTasks":[{"taskArn":"extra"},{"taskArn":"unknown"}]}}""";
        await HandleAsync(handler, confirmation.Replace("m-1", "m-0", StringComparison.Ordinal));
        Assert.Empty(_sender.Sent);
        await HandleAsync(handler, confirmation);
        Assert.Equal(new StopTaskCommand("extra", null), Assert.Single(_sender.Sent));
        await HandleAsync(handler, confirmation);
        Assert.Single(_sender.Sent);
    }

    [Fact]
    public async Task Manifest_NoSurplus_IsOnlyAcknowledged()
    {
        await HandleAsync(New(), Manifest("m-1", 0));
        Assert.Equal(["ack arn:c arn:i m-1"], _replies.Said);
    }

    [Fact]
    public async Task Manifest_NotNewerThanTheLastOneOfAnEarlierLife_IsDiscarded()
    {
        _manifestNumber.Latest = 7;
        await HandleAsync(New(), Manifest("m-1", 7));
        Assert.Empty(_replies.Said);
    }

    [Fact]
    public async Task Manifest_NumberCannotBeSaved_CountsAsNeverSeen()
    {
        var handler = New();
        _manifestNumber.Refuses = true;
        await HandleAsync(handler, Manifest("m-1", 7));
        Assert.Empty(_replies.Said);

        _manifestNumber.Refuses = false;
        await HandleAsync(handler, Manifest("m-1", 7));
        Assert.Equal(["ack arn:c arn:i m-1"], _replies.Said);
    }

    [Fact]
    public async Task Manifest_NotNewerThanWhatWasSeen_IsDiscarded()
    {
        var handler = New();
        await HandleAsync(handler, Payload().Replace("\"tasks\"", "\"seqNum\":7,\"tasks\"", StringComparison.Ordinal));
        await HandleAsync(handler, Manifest("m-1", 7));
        await HandleAsync(handler, Manifest("m-2", 8));
        await HandleAsync(handler, Manifest("m-3", 8));
        Assert.Equal(["ack arn:c arn:i p-1", "ack arn:c arn:i m-2"], _replies.Said);
    }

    [Theory]
    [InlineData("StageUpdateMessage")]
    [InlineData("PerformUpdateMessage")]
    public async Task Update_IsRefused(string type)
    {
        await HandleAsync(
            New(), $$$"""{"type":"{{{type}}}","message":{"messageId":"u","clusterArn":"arn:c","containerInstanceArn":"arn:i"}}""");
        Assert.Equal(["nack arn:c arn:i u: Updates are disabled"], _replies.Said);
    }

    [Theory]
    [InlineData("""{"type":"StageUpdateMessage","message":{"clusterArn":"arn:c"}}""")]
    [InlineData("""{"type":"IAMRoleCredentialsMessage","message":{"messageId":"c","taskArn":"t","roleType":"TaskApplication"}}""")]
    [InlineData("""{"type":"AttachTaskNetworkInterfacesMessage","message":{"messageId":"e"}}""")]
    [InlineData("""{"type":"AttachInstanceNetworkInterfacesMessage","message":{"messageId":"e"}}""")]
    [InlineData("""{"type":"ConfirmAttachmentMessage","message":{"messageId":"a"}}""")]
    [InlineData("""{"type":"CloseMessage","message":{"message":"x"}}""")]
    [InlineData("""{"type":"InactiveInstanceException","message":{"message":"x"}}""")]
    [InlineData("nonsense")]
    public async Task Anything_Else_IsNotAnswered(string frame)
    {
        await HandleAsync(New(), frame);
        Assert.Empty(_replies.Said);
        Assert.Empty(_sender.Sent);
    }

    private AcsMessageHandler New(params EcsTask[] tasks) => new(
        new PayloadHandler(_sender, new FixedIdentifiers(), new AgentOptions { Region = "us-west-2" }, NullLogger<PayloadHandler>.Instance),
        new ManifestHandler(new FixedTasks([.. tasks]), _sender, _manifestNumber, NullLogger<ManifestHandler>.Instance),
        new CredentialsHandler(_sender, NullLogger<CredentialsHandler>.Instance),
        NullLogger<AcsMessageHandler>.Instance);

    private Task HandleAsync(AcsMessageHandler handler, string frame) =>
        handler.HandleAsync(AcsFrames.Decode(Encoding.UTF8.GetBytes(frame)), _replies, default);

    private static string Payload(params string[] tasks) =>
        """{"type":"PayloadMessage","message":{"messageId":"p-1","clusterArn":"arn:c","containerInstanceArn":"arn:i","tasks":["""
        + string.Join(',', tasks) + "]}}";

    private static string Task(string arn, string status) =>
        $$"""{"arn":"{{arn}}","desiredStatus":"{{status}}","family":"f","version":"1","containers":[{"name":"a","image":"i"}]}""";

    private static string WithExecutionRole(string arn, string status, string id) => Task(arn, status).Replace(
        "\"family\"",
        $$"""
        "executionRoleCredentials":{"credentialsId":"{{id}}","roleArn":"arn:r","accessKeyId":"ASIAEXAMPLE",
         "secretAccessKey":"not-a-real-secret","sessionToken":"tok","expiration":"2031-05-01T12:00:00Z"},"family"
        """,
        StringComparison.Ordinal);

    private static string Credentials(string roleType) =>
        """
        {"type":"IAMRoleCredentialsMessage","message":{"messageId":"cr-55","taskArn":"t1","roleType":"ROLE",
         "roleCredentials":{"credentialsId":"c-9b1","roleArn":"arn:r","accessKeyId":"ASIAEXAMPLE0002",
          "secretAccessKey":"not-a-real-secret-2","sessionToken":"tok2","expiration":"2031-05-01T18:00:00Z"}}}
        """.Replace("ROLE", roleType, StringComparison.Ordinal);

    private static string Manifest(string id, long timeline, params (string Arn, string Status)[] tasks) =>
        $$"""{"type":"TaskManifestMessage","message":{"messageId":"{{id}}","timeline":{{timeline}},"clusterArn":"arn:c","""
        + "\"containerInstanceArn\":\"arn:i\",\"tasks\":["
        + string.Join(',', tasks.Select(task => $$"""{"taskArn":"{{task.Arn}}","desiredStatus":"{{task.Status}}"}""")) + "]}}";
}
