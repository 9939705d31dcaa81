using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class DockerContainerEventsTests(DockerEngine engine)
{
    [Fact]
    public async Task Watch_RealEngine_ResyncsFirstThenTellsOfEveryChange()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        await using var events = engine.Events.WatchAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.IsType<RuntimeEvent.Resync>(events.Current);

        var container = await engine.CreateAsync(Sample.Container with
        {
            Command = ["sleep", "600"],
            HasHealthCheck = true,
            DockerConfig = new DockerConfig
            {
                HostConfig = """{"NetworkMode":"none"}""",
                Config = """{"Healthcheck":{"Test":["CMD","true"],"Interval":100000000}}""",
            },
        });
        await engine.Runtime.StartAsync(container, patience.Token);
        var before = (await engine.Runtime.InspectAsync(container, patience.Token)).CreatedAt;
        await ExpectAsync(events, e => e is RuntimeEvent.Started started && started.RuntimeId == container.RuntimeId && started.At > before);
        await ExpectAsync(events, new RuntimeEvent.HealthChanged(container.RuntimeId, HealthStatus.Healthy));
        await engine.Runtime.StopAsync(container, TimeSpan.FromSeconds(1), patience.Token);
        await ExpectAsync(events, new RuntimeEvent.Ended(container.RuntimeId));
        await engine.Runtime.RemoveAsync(container, patience.Token);
        await ExpectAsync(events, new RuntimeEvent.Ended(container.RuntimeId));
    }

    // Other tests share the engine: their events pass by.
    private static Task ExpectAsync(IAsyncEnumerator<RuntimeEvent> events, RuntimeEvent expected) =>
        ExpectAsync(events, found => found == expected);

    private static async Task ExpectAsync(IAsyncEnumerator<RuntimeEvent> events, Predicate<RuntimeEvent> expected)
    {
        do
        {
            Assert.True(await events.MoveNextAsync());
        }
        while (!expected(events.Current));
    }
}
