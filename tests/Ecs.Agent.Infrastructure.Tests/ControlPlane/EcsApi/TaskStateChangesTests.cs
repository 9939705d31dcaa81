using System.Text;
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

    /// <summary>Bytes at the limit, and beyond it by characters of two, three and four bytes.</summary>
    [Theory]
    [InlineData("r", 1023, "", 1023)]
    [InlineData("r", 1024, "", 1024)]
    [InlineData("r", 1024, "x", 1024)]
    [InlineData("r", 1023, "\u00e9", 1023)]
    [InlineData("r", 1022, "\u00e9", 1024)]
    [InlineData("r", 1022, "\u2019", 1022)]
    [InlineData("r", 1021, "\U0001f4a5", 1021)]
    [InlineData("r", 1020, "\U0001f4a5", 1024)]
    public void Of_Reason_IsCutBetweenCharacters(string filler, int times, string last, int expectedBytes)
    {
        var text = string.Concat(Enumerable.Repeat(filler, times)) + last;
        var request = TaskStateChanges.Of(
            new TaskStateReport
            {
                TaskArn = "arn:t",
                Status = ReportedStatus.Stopped,
                Reason = text,
                Containers = [new ContainerStateReport { ContainerName = "web", Status = ReportedStatus.Stopped, Reason = text }],
            },
            "lab");

        Assert.Equal(expectedBytes, Encoding.UTF8.GetByteCount(request.Reason!));
        Assert.StartsWith(request.Reason!, text, StringComparison.Ordinal);
        Assert.Equal(request.Reason, Assert.Single(request.Containers!).Reason);
    }

    [Theory]
    [InlineData(254, "\u00e9", 254)]
    [InlineData(253, "\u00e9", 255)]
    [InlineData(255, "f", 255)]
    public void Of_Ids_AreCutBetweenCharacters(int times, string last, int expectedBytes)
    {
        var text = new string('f', times) + last;
        var container = Assert.Single(TaskStateChanges.Of(
            new TaskStateReport
            {
                TaskArn = "arn:t",
                Status = ReportedStatus.Running,
                Containers =
                    [new ContainerStateReport { ContainerName = "web", Status = ReportedStatus.Running, RuntimeId = text, ImageDigest = text }],
            },
            "lab").Containers!);

        Assert.Equal(expectedBytes, Encoding.UTF8.GetByteCount(container.RuntimeId!));
        Assert.Equal(expectedBytes, Encoding.UTF8.GetByteCount(container.ImageDigest!));
    }

    /// <summary>Single ports per address family, whether there is a range, and how many bindings of IPv4 and IPv6 are sent.</summary>
    [Theory]
    [InlineData(50, false, 50, 50)]
    [InlineData(150, false, 150, 150)]
    [InlineData(49, true, 50, 50)]
    [InlineData(50, true, 51, 49)]
    [InlineData(120, true, 100, 0)]
    public void Of_ManyBindings_AreLimitedOnlyWithAPortRange(int singles, bool range, int ipv4, int ipv6)
    {
        NetworkBinding[] On(string ip) =>
        [
            .. Enumerable.Range(1, singles).Select(port => new NetworkBinding { BindIp = ip, ContainerPort = port, HostPort = port }),
            .. range ? [new NetworkBinding { BindIp = ip, ContainerPortRange = "1-2", HostPortRange = "1-2" }] : Array.Empty<NetworkBinding>(),
        ];
        var sent = Assert.Single(TaskStateChanges.Of(
            new TaskStateReport
            {
                TaskArn = "arn:t",
                Status = ReportedStatus.Running,
                Containers =
                [
                    new ContainerStateReport
                    {
                        ContainerName = "web", Status = ReportedStatus.Running, NetworkBindings = [.. On("::"), .. On("0.0.0.0")],
                    },
                ],
            },
            "lab").Containers!).NetworkBindings!;

        Assert.Equal((ipv4, ipv6), (sent.Count(b => b.BindIP == "0.0.0.0"), sent.Count(b => b.BindIP == "::")));
    }

    private static string Json(TaskStateReport report) =>
        JsonSerializer.Serialize(TaskStateChanges.Of(report, "lab"), EcsApiJsonContext.Default.SubmitTaskStateChangeRequest);
}
