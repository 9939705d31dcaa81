using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Infrastructure.Configuration;
using Ecs.Agent.Infrastructure.Tests.ControlPlane;

namespace Ecs.Agent.Infrastructure.Tests.Aws;

public sealed class InstanceMetadataClientTests
{
    [Fact]
    public async Task GetIdentity_Reachable_ReadsBothByteForByteWithOneToken()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, "token-1").Answer(200, "{\n \"region\": \"eu-imds-1\"\n}\n").Answer(200, "signature");
        using var client = New(server, new SteppedTime());
        Assert.Equal(new InstanceIdentity("{\n \"region\": \"eu-imds-1\"\n}\n", "signature"), await client.GetIdentityAsync(default));
        Assert.Equal(
            [
                ("PUT", "/latest/api/token"),
                ("GET", "/latest/dynamic/instance-identity/document"),
                ("GET", "/latest/dynamic/instance-identity/signature"),
            ],
            server.Requests.Select(request => (request.Method, request.Target)));
        Assert.Equal("21600", server.Requests[0].Headers["X-aws-ec2-metadata-token-ttl-seconds"]);
        Assert.All(server.Requests.Skip(1), request => Assert.Equal("token-1", request.Headers["X-aws-ec2-metadata-token"]));
    }

    [Fact]
    public async Task GetIdentity_TemporaryFailures_AreRepeatedWithAGrowingDelay()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, "token-1").Answer(503, "").Answer(500, "").Answer(200, "document").Answer(404, "");
        var time = new SteppedTime();
        using var client = New(server, time);
        var reading = client.GetIdentityAsync(default);
        await time.PassAsync(TimeSpan.FromMilliseconds(100));
        await time.PassAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal(new InstanceIdentity("document", ""), await reading.WaitAsync(Loopback.Patience));
    }

    [Fact]
    public async Task GetIdentity_TokenNoLongerGood_FetchesAnother()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, "token-1").Answer(401, "").Answer(200, "token-2").Answer(200, "document").Answer(404, "");
        var time = new SteppedTime();
        using var client = New(server, time);
        var reading = client.GetIdentityAsync(default);
        await time.PassAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal("document", (await reading.WaitAsync(Loopback.Patience)).Document);
        Assert.Equal("token-2", server.Requests[3].Headers["X-aws-ec2-metadata-token"]);
    }

    [Fact]
    public async Task GetInstanceId_NothingThere_SaysHowToRunOutsideEc2()
    {
        Uri nowhere;
        await using (var server = await Loopback.StartAsync())
        {
            nowhere = server.Endpoint;
        }

        var time = new SteppedTime();
        using var client = New(nowhere, time);
        var asking = client.GetInstanceIdAsync(default);
        await time.PassAsync(TimeSpan.FromMilliseconds(100));
        await time.PassAsync(TimeSpan.FromMilliseconds(200));
        var failure = await Assert.ThrowsAsync<InstanceMetadataUnavailableException>(() => asking.WaitAsync(Loopback.Patience));
        Assert.Contains("set ECS_EXTERNAL=true and AWS_DEFAULT_REGION", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetInstanceId_SwitchedOff_AsksNothing()
    {
        await using var server = await Loopback.StartAsync();
        using var client = New(server.Endpoint, new SteppedTime(), ("AWS_EC2_METADATA_DISABLED", "TRUE"));
        await Assert.ThrowsAsync<InstanceMetadataUnavailableException>(() => client.GetInstanceIdAsync(default));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Load_NoRegionInTheEnvironment_TakesTheInstancesOwn()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, "token-1").Answer(200, """{"region":"eu-imds-1"}""");
        var environment = new Dictionary<string, string> { ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = server.Endpoint.ToString() };
        var result = await AgentConfiguration.LoadAsync(environment, new SteppedTime(), null, default);
        Assert.Equal("eu-imds-1", result.Options!.Region);
    }

    [Fact]
    public async Task Load_NoRegionAndNoMetadata_FailsWithBothReasons()
    {
        var environment = new Dictionary<string, string> { ["AWS_EC2_METADATA_DISABLED"] = "true" };
        var result = await AgentConfiguration.LoadAsync(environment, new SteppedTime(), null, default);
        Assert.Equal("Missing required fields: AWSRegion", result.Errors[0]);
        Assert.Contains("ECS_EXTERNAL=true", result.Errors[1], StringComparison.Ordinal);
    }

    private static InstanceMetadataClient New(Loopback server, SteppedTime time) => New(server.Endpoint, time);

    private static InstanceMetadataClient New(Uri endpoint, SteppedTime time, params (string Name, string Value)[] more)
    {
        var environment = more.ToDictionary(variable => variable.Name, variable => variable.Value);
        environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = endpoint.ToString();
        return new InstanceMetadataClient(InstanceMetadataClient.NewHttpClient(), environment, time, new FixedIdentifiers());
    }
}
