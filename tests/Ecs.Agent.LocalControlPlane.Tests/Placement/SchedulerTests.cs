using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.LocalControlPlane.Placement.Queries;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.Placement;

public sealed class SchedulerTests
{
    [Fact]
    public void Tasks_WithoutStrategy_SpreadOverInstances()
    {
        var decision = Scheduler.Place(
            SampleState.Placement(), [SampleState.Candidate(1), SampleState.Candidate(2), SampleState.Candidate(3, tasks: 1)], 5);

        Assert.Equal("1,2,3,1,2", Numbers(decision));
        Assert.Empty(decision.Failures);
    }

    [Fact]
    public void Tasks_AmongEquallyLoadedInstances_GoWhereMostMemoryRemains()
    {
        var decision = Scheduler.Place(
            SampleState.Placement(), [SampleState.Candidate(1, memory: 1024), SampleState.Candidate(2, memory: 8192)], 1);

        Assert.Equal("2", Numbers(decision));
    }

    [Fact]
    public void Tasks_MoreThanFit_AreFailuresOfEachInstance()
    {
        var decision = Scheduler.Place(
            SampleState.Placement(cpu: 1024), [SampleState.Candidate(1, cpu: 1024), SampleState.Candidate(2, cpu: 2048)], 5);

        Assert.Equal("1,2,2", Numbers(decision));
        Assert.Equal(["RESOURCE:CPU", "RESOURCE:CPU"], decision.Failures.Select(failure => failure.Reason));
    }

    [Theory]
    [InlineData(4096, 512, "RESOURCE:CPU", "Needs 4096 CPU units, 2048 remain.")]
    [InlineData(256, 9999, "RESOURCE:MEMORY", "Needs 9999 MiB, 4096 remain.")]
    public void Task_ThatIsTooBig_IsRefusedWithTheResource(int cpu, int memory, string reason, string detail)
    {
        var refusal = Scheduler.Refusal(SampleState.Placement(cpu, memory), SampleState.Candidate(1));

        Assert.Equal((reason, detail), (refusal?.Reason, refusal?.Detail));
    }

    [Theory]
    [InlineData(new[] { 22, 8080 }, new int[0], "RESOURCE:PORTS")]
    [InlineData(new[] { 8081 }, new[] { 22 }, null)]
    public void Task_WithTakenHostPorts_IsRefusedPerProtocol(int[] tcp, int[] udp, string? reason)
    {
        var candidate = new Candidate(SampleState.Instance(1, ports: [22, 8080]), []);
        var request = SampleState.Placement() with { Needs = new ResourceNeeds(0, 0, [.. tcp], [.. udp]) };

        Assert.Equal(reason, Scheduler.Refusal(request, candidate)?.Reason);
    }

    [Fact]
    public void Tasks_WithAStaticPort_AreOnePerInstance()
    {
        var request = SampleState.Placement() with { Needs = new ResourceNeeds(0, 0, [80], []) };

        var decision = Scheduler.Place(request, [SampleState.Candidate(1), SampleState.Candidate(2)], 3);

        Assert.Equal("1,2", Numbers(decision));
        Assert.All(
            decision.Failures, failure => Assert.Equal(("RESOURCE:PORTS", "Host ports in use: 80/tcp"), (failure.Reason, failure.Detail)));
    }

    [Fact]
    public void Task_NeedingGpus_IsRefusedWithoutThem()
    {
        var request = SampleState.Placement() with { Needs = new ResourceNeeds(0, 0, [], [], Gpus: 1) };

        Assert.Equal("RESOURCE:GPU", Scheduler.Refusal(request, SampleState.Candidate(1))?.Reason);
    }

    [Fact]
    public void Instance_WhoseAgentIsAway_IsRefused()
    {
        var away = new Candidate(SampleState.Instance(1, connected: false), []);

        Assert.Equal("AGENT", Scheduler.Refusal(SampleState.Placement(), away)?.Reason);
    }

    [Fact]
    public void Instance_LackingAttributes_IsRefusedNamingThem()
    {
        ImmutableArray<EcsAttribute> has = [new() { Name = "a" }, new() { Name = "cpu", Value = "x86_64" }];
        var candidate = new Candidate(SampleState.Instance(1, attributes: has), []);
        var request = SampleState.Placement() with
        {
            RequiredAttributes = [new() { Name = "a" }, new() { Name = "cpu", Value = "arm64" }, new() { Name = "c" }],
        };

        var refusal = Scheduler.Refusal(request, candidate);

        Assert.Equal(("ATTRIBUTE", "Missing attributes: cpu=arm64, c"), (refusal?.Reason, refusal?.Detail));
    }

    [Fact]
    public void DistinctInstance_PlacesOneTaskOfTheGroupPerInstance()
    {
        var request = SampleState.Placement() with { Constraints = [new PlacementRule(MemberOf: null)] };

        var decision = Scheduler.Place(request, [SampleState.Candidate(1), SampleState.Candidate(2)], 3);

        Assert.Equal("1,2", Numbers(decision));
        Assert.All(decision.Failures, failure => Assert.Equal("DistinctInstance placement constraint unsatisfied.", failure.Reason));
    }

    [Fact]
    public void MemberOf_PlacesOnlyOnMatchingInstances()
    {
        ImmutableArray<EcsAttribute> zone = [new() { Name = "ecs.availability-zone", Value = "b" }];
        var inZone = new PlacementRule(ClusterQuery.Parse("attribute:ecs.availability-zone == b"));
        var request = SampleState.Placement() with { Constraints = [inZone] };

        var decision = Scheduler.Place(
            request, [SampleState.Candidate(1), new Candidate(SampleState.Instance(2, attributes: zone), [])], 2);

        Assert.Equal("2,2", Numbers(decision));
        Assert.Equal("MemberOf placement constraint unsatisfied.", Scheduler.Refusal(request, SampleState.Candidate(1))?.Reason);
    }

    [Fact]
    public void Binpack_FillsTheFullestInstanceFirst()
    {
        var request = SampleState.Placement(memory: 512) with { Strategy = [new PlacementStrategy { Type = "binpack", Field = "memory" }] };

        var decision = Scheduler.Place(request, [SampleState.Candidate(1, memory: 4096), SampleState.Candidate(2, memory: 1024)], 3);

        Assert.Equal("2,2,1", Numbers(decision));
    }

    [Fact]
    public void Spread_OverAnAttribute_CountsTheTasksOfAllWhoShareItsValue()
    {
        Candidate In(int number, string zone, int tasks) => new(
            SampleState.Instance(number, attributes: [new EcsAttribute { Name = "zone", Value = zone }]),
            [.. Enumerable.Repeat("g", tasks)]);
        var request = SampleState.Placement() with { Strategy = [new PlacementStrategy { Type = "spread", Field = "attribute:zone" }] };

        var decision = Scheduler.Place(request, [In(1, "a", 0), In(2, "a", 3), In(3, "b", 1)], 1);

        Assert.Equal("3", Numbers(decision));
    }

    [Fact]
    public void Random_WithTheSameSeed_DecidesTheSame()
    {
        var request = SampleState.Placement(cpu: 1, memory: 1) with { Strategy = [new PlacementStrategy { Type = "random" }] };
        string Place(int seed) => Numbers(
            Scheduler.Place(request with { Seed = seed }, [.. Enumerable.Range(1, 8).Select(n => SampleState.Candidate(n))], 8));

        Assert.Equal(Place(7), Place(7));
        Assert.True(Enumerable.Range(0, 20).Select(Place).Distinct().Count() > 10);
    }

    private static string Numbers(PlacementDecision decision) =>
        string.Join(',', decision.InstanceArns.Select(arn => int.Parse(arn[(arn.LastIndexOf('/') + 1)..])));
}
