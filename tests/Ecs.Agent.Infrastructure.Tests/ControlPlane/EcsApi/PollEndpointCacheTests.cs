using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.EcsApi;

public sealed class PollEndpointCacheTests
{
    private const string First = """{"endpoint":"https://a.example/","telemetryEndpoint":"http://t.example"}""";
    private const string Second = """{"endpoint":"https://b.example/"}""";
    private const string Refusal = """{"__type":"ClientException","message":"x"}""";

    [Fact]
    public async Task Get_Fresh_AsksOnceAndSendsAllThreeMembers()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, First);
        using var cache = New(server, new SteppedTime());
        var endpoints = await Task.WhenAll(cache.GetAsync(Agents.Instance, default), cache.GetAsync(Agents.Instance, default));
        Assert.All(endpoints, found => Assert.Equal(new PollEndpoints(new("https://a.example/"), new("http://t.example")), found));
        var request = Assert.Single(server.Requests);
        Assert.Equal($$"""{"containerInstance":"{{Agents.Instance.Arn}}","cluster":"lab","zoneId":""}""", request.Body);
    }

    [Fact]
    public async Task Get_AfterTwelveHours_AsksAgain()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, First).Answer(200, Second);
        var time = new SteppedTime();
        using var cache = New(server, time);
        await cache.GetAsync(Agents.Instance, default);
        time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Equal("a.example", (await cache.GetAsync(Agents.Instance, default)).Acs.Host);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("b.example", (await cache.GetAsync(Agents.Instance, default)).Acs.Host);
    }

    [Fact]
    public async Task Get_ExpiredAndFailing_ReusesTheOldAndAsksAgainNextTime()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, First).Answer(400, Refusal).Answer(200, Second);
        var time = new SteppedTime();
        using var cache = New(server, time);
        await cache.GetAsync(Agents.Instance, default);
        time.Advance(TimeSpan.FromHours(13));
        Assert.Equal("a.example", (await cache.GetAsync(Agents.Instance, default)).Acs.Host);
        Assert.Equal("b.example", (await cache.GetAsync(Agents.Instance, default)).Acs.Host);
    }

    [Fact]
    public async Task Get_ExpiredAndUnusable_ReusesTheOld()
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(200, First).Answer(200, "{}");
        var time = new SteppedTime();
        using var cache = New(server, time);
        await cache.GetAsync(Agents.Instance, default);
        time.Advance(TimeSpan.FromHours(13));
        Assert.Equal("a.example", (await cache.GetAsync(Agents.Instance, default)).Acs.Host);
    }

    [Theory]
    [InlineData(400, Refusal, "ClientException: x")]
    [InlineData(200, "{}", "DiscoverPollEndpoint: no endpoint returned; nil")]
    [InlineData(200, """{"endpoint":""}""", "DiscoverPollEndpoint: no endpoint returned; nil")]
    [InlineData(
        200, """{"endpoint":"ftp://x"}""", "DiscoverPollEndpoint: the endpoint 'ftp://x' is neither an http:// nor an https:// URL")]
    public async Task Get_NothingUsable_Fails(int status, string body, string message)
    {
        await using var server = await Loopback.StartAsync();
        server.Answer(status, body);
        using var cache = New(server, new SteppedTime());
        var failure = await Assert.ThrowsAsync<ControlPlaneException>(() => cache.GetAsync(Agents.Instance, default));
        Assert.Equal(message, failure.Message);
    }

    private static PollEndpointCache New(Loopback server, SteppedTime time) => new(
        Agents.Api(server.Endpoint, time), new EcsApiPipelines(time, new FixedIdentifiers()), time, NullLogger<PollEndpointCache>.Instance);
}
