using System.Collections.Immutable;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.EcsApi;

public sealed class EcsControlPlaneTests
{
    private const string Registered =
        """{"containerInstance":{"containerInstanceArn":"arn:i","attributes":[{"name":"a","value":"1"},{"name":"n"},"""
        + """{"name":"ecs.availability-zone","value":"eu-test-1a"}]}}""";

    private static readonly ContainerInstanceRegistration Registration = new()
    {
        Cluster = "lab",
        ClientToken = "tok",
        Cpu = 2048,
        MemoryMiB = 0,
        ReservedTcpPorts = [22, 51678],
        Attributes = [new("a", "1"), new("n", null)],
    };

    [Fact]
    public async Task Register_Outside_Ec2_SendsExactlyTheDocumentedMembersSigned()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, Registered);
        var instance = await (await NewAsync(server)).RegisterAsync(Registration, default);
        Assert.Equal(new ContainerInstance("arn:i", "lab", "eu-test-1a"), instance);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/"), (request.Method, request.Target));
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Equal("AmazonEC2ContainerServiceV20141113.RegisterContainerInstance", request.Headers["X-Amz-Target"]);
        Assert.Equal("Amazon ECS Agent - v1.2.3 (a8b3e7d3) (linux; LINUX) (+http://aws.amazon.com/ecs/)", request.Headers["User-Agent"]);
        Assert.Equal("20310501T120000Z", request.Headers["X-Amz-Date"]);
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20310501/eu-test-1/ecs/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=",
            request.Headers["Authorization"],
            StringComparison.Ordinal);
        Assert.Equal(
            """{"cluster":"lab","instanceIdentityDocument":"","instanceIdentityDocumentSignature":"""
            + "\"\",\"" + """totalResources":[{"name":"CPU","type":"INTEGER","integerValue":2048},{"name":"MEMORY","type":"INTEGER"},"""
            + """{"name":"PORTS","type":"STRINGSET","stringSetValue":["22","51678"]},"""
            + """{"name":"PORTS_UDP","type":"STRINGSET","stringSetValue":[]}]"""
            + ""","attributes":[{"name":"a","value":"1"},{"name":"n"}],"clientToken":"tok"}""",
            request.Body);
    }

    [Fact]
    public async Task Register_AgainWithTags_SendsArnAndTags()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, Registered);
        await (await NewAsync(server)).RegisterAsync(
            Registration with { ContainerInstanceArn = "arn:old", Tags = ImmutableSortedDictionary<string, string>.Empty.Add("k", "v") },
            default);
        var body = Assert.Single(server.Requests).Body;
        Assert.Contains("\"containerInstanceArn\":\"arn:old\"", body, StringComparison.Ordinal);
        Assert.Contains("\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_OnEc2_SendsTheIdentityByteForByte()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, Registered);
        var metadata = new FixedMetadata(new InstanceIdentity("{\n  \"region\" : \"x\"\n}", "sig+/="));
        await (await NewAsync(server, metadata: metadata)).RegisterAsync(Registration, default);
        Assert.Contains("{\\n  \\u0022region\\u0022 : \\u0022x\\u0022\\n}", Assert.Single(server.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_MetadataUnreachable_SaysHowToRunOutsideEc2()
    {
        await using var server = await Loopback.StartAsync();
        var failure = await Assert.ThrowsAsync<ControlPlaneException>(
            async () => await (await NewAsync(server, metadata: new FixedMetadata(null))).RegisterAsync(Registration, default));
        Assert.Contains("ECS_EXTERNAL=true", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ControlPlaneFailureKind.Temporary, failure.Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Register_NoClusterConfiguredAndNoneThere_CreatesTheDefaultOne()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(400, """{"__type":"ClientException","message":"Cluster not found."}""")
            .Answer(200, """{"cluster":{"clusterName":"default"}}""")
            .Answer(200, Registered);
        var instance = await (await NewAsync(server)).RegisterAsync(Registration with { Cluster = "" }, default);
        Assert.Equal("default", instance.Cluster);
        Assert.Equal(
            ["RegisterContainerInstance", "CreateCluster", "RegisterContainerInstance"],
            server.Requests.Select(request => request.Headers["X-Amz-Target"].Split('.')[1]));
        Assert.Equal("""{"clusterName":"default"}""", server.Requests[1].Body);
        Assert.Equal(server.Requests[0].Body, server.Requests[2].Body);
    }

    [Theory]
    [InlineData("InvalidParameterException", "x", null, ControlPlaneFailureKind.Terminal)]
    [InlineData("ClientException", "Cluster not found.", null, ControlPlaneFailureKind.Terminal)]
    [InlineData("AccessDeniedException", "x", null, ControlPlaneFailureKind.Temporary)]
    [InlineData("Other", "Container instance type changes are not supported.", "arn:old", ControlPlaneFailureKind.Terminal)]
    [InlineData("Other", "Container instance type changes are not supported.", null, ControlPlaneFailureKind.Temporary)]
    public async Task Register_Refused_FailsAtOnceWithItsKind(string code, string message, string? arn, ControlPlaneFailureKind kind)
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(400, $$"""{"__type":"{{code}}","message":"{{message}}"}""");
        var failure = await Assert.ThrowsAsync<ControlPlaneException>(
            async () => await (await NewAsync(server)).RegisterAsync(Registration with { ContainerInstanceArn = arn }, default));
        Assert.Equal((code, kind), (failure.Code, failure.Kind));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""[{"name":"n"}]""", "a")]
    [InlineData("""[{"name":"a","value":"2"},{"name":"n","value":"x"}]""", "a, n")]
    public async Task Register_AttributeNotEchoed_IsTerminal(string attributes, string missing)
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, $$$"""{"containerInstance":{"containerInstanceArn":"arn:i","attributes":{{{attributes}}}}}""");
        var failure = await Assert.ThrowsAsync<ControlPlaneException>(
            async () => await (await NewAsync(server)).RegisterAsync(Registration, default));
        Assert.Equal(ControlPlaneFailureKind.Terminal, failure.Kind);
        Assert.EndsWith($"Attribute validation failed: {missing}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_NameOnlyAttributeMissing_Passes()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, """{"containerInstance":{"containerInstanceArn":"arn:i","attributes":[{"name":"a","value":"1"}]}}""");
        Assert.Equal("arn:i", (await (await NewAsync(server)).RegisterAsync(Registration, default)).Arn);
    }

    [Fact]
    public async Task Register_ServerErrors_AreRepeatedQuicklyAndThenSlowly()
    {
        await using var server = await Loopback.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            server.Answer(500, """{"__type":"ServerException","message":"x"}""");
        }

        server.Answer(200, Registered);
        var time = new SteppedTime();
        var registering = (await NewAsync(server, time, fraction: 0.5)).RegisterAsync(Registration, default);
        foreach (var seconds in new[] { 1, 2, 3.3, 6.6 })
        {
            await time.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal("arn:i", (await registering.WaitAsync(Loopback.Patience)).Arn);
        Assert.Equal(5, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Submit_TransientFailures_RepeatTheSameBody()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(503, "").Answer(400, "{}", "ThrottlingException").Answer(502, "").Answer(200, "{}");
        var time = new SteppedTime();
        var submitting = (await NewAsync(server, time)).SubmitAsync(Report, default);
        foreach (var milliseconds in new[] { 60, 120, 240 })
        {
            await time.PassAsync(TimeSpan.FromMilliseconds(milliseconds));
        }

        await submitting.WaitAsync(Loopback.Patience);
        Assert.Equal(4, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
        Assert.Contains("\"cluster\":\"lab\"", server.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ConnectionCut_IsRepeated()
    {
        await using var server = await Loopback.StartAsync();
        server.Cut().Answer(200, "{}");
        var time = new SteppedTime();
        var submitting = (await NewAsync(server, time)).SubmitAsync(Report, default);
        await time.PassAsync(TimeSpan.FromMilliseconds(60));
        await submitting.WaitAsync(Loopback.Patience);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(400, """{"__type":"InvalidParameterException","message":"x"}""", ControlPlaneFailureKind.Refused)]
    [InlineData(400, """{"__type":"ClientException","message":"x"}""", ControlPlaneFailureKind.Temporary)]
    [InlineData(200, "not json", ControlPlaneFailureKind.Temporary)]
    public async Task Submit_Refused_IsNotRepeatedHere(int status, string body, ControlPlaneFailureKind kind)
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(status, body);
        var failure = await Assert.ThrowsAsync<ControlPlaneException>(
            async () => await (await NewAsync(server)).SubmitAsync(Report, default));
        Assert.Equal(kind, failure.Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Submit_NothingToSignWith_IsTemporaryAndSendsNothing()
    {
        await using var server = await Loopback.StartAsync();
        var time = new SteppedTime();
        using var credentials = new InstanceCredentials([], time, NullLogger<InstanceCredentials>.Instance);
        using var api = new EcsApiClient(EcsApiClient.NewHttpClient(), Agents.Options(server.Endpoint), Agents.Build, credentials, time);
        var plane = new EcsControlPlane(
            api, new EcsApiPipelines(time, new FixedIdentifiers()), Agents.Options(server.Endpoint), await Agents.RegisteredAsync(),
            new FixedMetadata(null), credentials, NullLogger<EcsControlPlane>.Instance);
        var failure = await Assert.ThrowsAsync<ControlPlaneException>(async () => await plane.SubmitAsync(Report, default));
        Assert.Equal(ControlPlaneFailureKind.Temporary, failure.Kind);
        Assert.Empty(server.Requests);
    }

    private static TaskStateReport Report => new() { TaskArn = "arn:t", Status = ReportedStatus.Running };

    private static async Task<EcsControlPlane> NewAsync(
        Loopback server, SteppedTime? time = null, double fraction = 0, FixedMetadata? metadata = null)
    {
        time ??= new SteppedTime();
        return new EcsControlPlane(
            Agents.Api(server.Endpoint, time),
            new EcsApiPipelines(time, new FixedIdentifiers(fraction)),
            Agents.Options(server.Endpoint) with { External = metadata is null },
            await Agents.RegisteredAsync(),
            metadata ?? new FixedMetadata(null),
            Agents.Credentials(time),
            NullLogger<EcsControlPlane>.Instance);
    }

    private sealed class FixedMetadata(InstanceIdentity? identity) : IInstanceMetadata
    {
        public Task<string> GetRegionAsync(CancellationToken cancellationToken) => Present("eu-test-1");

        public Task<string> GetInstanceIdAsync(CancellationToken cancellationToken) => Present("i-1");

        public Task<InstanceIdentity> GetIdentityAsync(CancellationToken cancellationToken) => Task.FromResult(identity!);

        private Task<string> Present(string value) => identity is not null
            ? Task.FromResult(value)
            : throw new InstanceMetadataUnavailableException(new Uri("http://169.254.169.254/"), "no answer");
    }
}
