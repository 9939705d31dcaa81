using System.Text.Json;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;
using Ecs.Agent.Protocol.EcsApi;
using NetworkBinding = Ecs.Agent.Domain.Containers.NetworkBinding;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.EcsApi;

public sealed class TaskStateChangesTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_125);

    [Fact]
    public void Of_BareReport_SendsTheEmptyReasonAndNothingThatIsUnknown() => Assert.Equal(
        """{"cluster":"lab","task":"arn:t","status":"PENDING","reason":""}""",
        Json(new TaskStateReport { TaskArn = "arn:t", Status = ReportedStatus.Pending }));

    [Fact]
    public void Of_FullReport_SendsEveryMember()
    {
        var report = new TaskStateReport
        {
            TaskArn = "arn:t",
            Status = ReportedStatus.Stopped,
            Reason = "why",
            PullStartedAt = Time,
            PullStoppedAt = Time.AddSeconds(1),
            ExecutionStoppedAt = Time.AddSeconds(2),
            Containers =
            [
                new ContainerStateReport
                {
                    ContainerName = "web",
                    Status = ReportedStatus.Stopped,
                    RuntimeId = "f00",
                    ImageDigest = "sha256:1",
                    ExitCode = 0,
                    Reason = "OutOfMemoryError: x",
                    NetworkBindings =
                    [
                        new NetworkBinding { BindIp = "0.0.0.0", ContainerPort = 80, HostPort = 8080 },
                        new NetworkBinding
                        {
                            BindIp = "0.0.0.0",
                            ContainerPortRange = "9000-9002",
                            HostPortRange = "49153-49155",
                            Protocol = TransportProtocol.Udp,
                        },
                    ],
                },
            ],
        };
        Assert.Equal(
            """{"cluster":"lab","task":"arn:t","status":"STOPPED","reason":"why","""
            + "\"" + """containers":[{"containerName":"web","imageDigest":"sha256:1"""
            + "\",\"" + """runtimeId":"f00","exitCode":0,"networkBindings":["""
            + """{"bindIP":"0.0.0.0","containerPort":80,"hostPort":8080,"protocol":"tcp"},"""
            + """{"bindIP":"0.0.0.0","protocol":"udp","containerPortRange":"9000-9002","hostPortRange":"49153-49155"}]"""
            + ""","reason":"OutOfMemoryError: x","status":"STOPPED"}],"pullStartedAt":1790000000.125,"pullStoppedAt":1790000001.125"""
            + ""","executionStoppedAt":1790000002.125}""",
            Json(report));
    }

    [Fact]
    public void Of_PendingContainer_HasNoNetworkBindings()
    {
        var request = TaskStateChanges.Of(
            new TaskStateReport
            {
                TaskArn = "arn:t",
                Status = ReportedStatus.Pending,
                Containers =
                [
                    new ContainerStateReport
                    {
                        ContainerName = "web",
                        Status = ReportedStatus.Pending,
                        NetworkBindings = [new NetworkBinding { BindIp = "::", ContainerPort = 1, HostPort = 2 }],
                    },
                ],
            },
            "lab");
        Assert.Null(Assert.Single(request.Containers!).NetworkBindings);
    }

    [Fact]
    public void Of_LongTexts_AreCutToTheirByteLimits()
    {
        var request = TaskStateChanges.Of(
            new TaskStateReport
            {
                TaskArn = "arn:t",
                Status = ReportedStatus.Stopped,
                Reason = new string('é', 600),
                Containers =
                [
                    new ContainerStateReport
                    {
                        ContainerName = "web",
                        Status = ReportedStatus.Stopped,
                        RuntimeId = new string('f', 300),
                        ImageDigest = new string('d', 300),
                        Reason = new string('r', 2000),
                    },
                ],
            },
            "lab");
        Assert.Equal(512, request.Reason!.Length);
        var container = Assert.Single(request.Containers!);
        Assert.Equal((255, 255, 1024), (container.RuntimeId!.Length, container.ImageDigest!.Length, container.Reason!.Length));
    }

    private static string Json(TaskStateReport report) =>
        JsonSerializer.Serialize(TaskStateChanges.Of(report, "lab"), EcsApiJsonContext.Default.SubmitTaskStateChangeRequest);
}
