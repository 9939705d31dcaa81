using CsCheck;
using Ecs.Agent.Domain.HostResources;

namespace Ecs.Agent.Domain.Tests.HostResources;

public sealed class HostResourceQueueTests
{
    private static readonly HostResourceNeed Machine = new() { Cpu = 1024, MemoryMiB = 1000, TcpPorts = [22], UdpPorts = [53] };

    [Fact]
    public void Claim_Fits_IsGrantedWithinTheCall() => Assert.Equal(["a"], HostResourceQueue.Of(Machine).Claim("a", Cpu(1024)).Granted);

    [Fact]
    public void Claim_DoesNotFitNow_Waits()
    {
        var second = HostResourceQueue.Of(Machine).Claim("a", Cpu(1000)).Queue.Claim("b", Cpu(100));

        Assert.Empty(second.Granted);
        Assert.Equal(["a"], second.Queue.HoldersInTheWayOf(Cpu(100)));
        Assert.Equal(["b"], second.Queue.Release("a").Granted);
    }

    [Fact]
    public void Claim_SmallBehindABigWaitingOne_WaitsToo()
    {
        var queue = HostResourceQueue.Of(Machine).Claim("a", Cpu(600)).Queue.Claim("big", Cpu(600)).Queue;
        var small = queue.Claim("small", Cpu(1));

        Assert.Empty(small.Granted);
        Assert.Equal(["big", "small"], small.Queue.Release("a").Granted);
    }

    [Fact]
    public void Claim_SamePort_WaitsForIt()
    {
        var queue = HostResourceQueue.Of(Machine).Claim("a", new() { TcpPorts = [80] }).Queue;

        Assert.Empty(queue.Claim("b", new() { TcpPorts = [80, 81] }).Granted);
        Assert.Equal(["c"], queue.Claim("c", new() { UdpPorts = [80] }).Granted);
        Assert.Equal(["a"], queue.HoldersInTheWayOf(new() { TcpPorts = [80] }));
    }

    [Fact]
    public void Claim_HeldAlready_IsGrantedAgain() => Assert.Equal(
        ["a"], HostResourceQueue.Of(Machine).Claim("a", Cpu(1)).Queue.Claim("a", Cpu(1)).Granted);

    [Fact]
    public void Claim_MoreThanTheMachineHas_IsRefusedWithEverythingItLacks()
    {
        var decision = HostResourceQueue.Of(Machine).Claim(
            "a", new() { Cpu = 2048, MemoryMiB = 4096, TcpPorts = [22, 80], UdpPorts = [53] });

        Assert.Equal(
            "Task needs more than this machine has: CPU 2048 of 1024; MEMORY 4096 MiB of 1000 MiB; PORTS_TCP 22, which is reserved; "
            + "PORTS_UDP 53, which is reserved",
            Assert.Single(decision.Refused).Reason);
        Assert.Empty(decision.Queue.Waiting);
        Assert.Equal(["b"], decision.Queue.Claim("b", Cpu(1)).Granted);
    }

    [Fact]
    public void Claim_BeforeTheMachineIsKnown_WaitsAndIsDecidedWhenItIs()
    {
        var queue = HostResourceQueue.Unopened.Claim("a", Cpu(9999)).Queue.Claim("b", Cpu(1)).Queue;

        Assert.Equal(2, queue.Waiting.Count);
        var opened = queue.Open(Machine);
        Assert.Equal("a", Assert.Single(opened.Refused).TaskArn);
        Assert.Equal(["b"], opened.Granted);
    }

    [Fact]
    public void Open_Anew_ForgetsNeitherHoldersNorWaiters()
    {
        var queue = HostResourceQueue.Of(Machine).Claim("a", Cpu(1024)).Queue.Claim("b", Cpu(1000)).Queue;
        var reopened = queue.Open(Machine with { Cpu = 2048 });

        Assert.Equal(["b"], reopened.Granted);
        Assert.Equal(["a", "b"], reopened.Queue.Held.Keys.Order());
    }

    [Fact]
    public void Release_OfAWaiter_LetsTheNextOneIn()
    {
        var queue = HostResourceQueue.Of(Machine).Claim("a", Cpu(600)).Queue.Claim("big", Cpu(600)).Queue.Claim("small", Cpu(1)).Queue;

        Assert.Equal(["small"], queue.Release("big").Granted);
    }

    [Fact]
    public void Release_Repeated_ChangesNothing()
    {
        var queue = HostResourceQueue.Of(Machine).Claim("a", Cpu(600)).Queue.Release("a").Queue;

        Assert.Equal((0, 0), (queue.Release("a").Queue.Held.Count, queue.Release("a").Granted.Length));
    }

    [Fact]
    public void Seize_RunningTask_CountsEvenBeyondTheTotal()
    {
        var queue = HostResourceQueue.Of(Machine).Seize("a", Cpu(5000));

        Assert.Empty(queue.Claim("b", Cpu(1)).Granted);
        Assert.Equal(["b"], queue.Claim("b", Cpu(1)).Queue.Release("a").Granted);
    }

    [Fact]
    public void Seize_WaitingTask_LeavesTheLineAndCountsOnce()
    {
        var queue = HostResourceQueue.Of(Machine).Claim("a", Cpu(1000)).Queue.Claim("b", Cpu(500)).Queue.Seize("b", Cpu(500));

        Assert.Empty(queue.Waiting);
        Assert.Equal(["c"], queue.Release("a").Queue.Claim("c", Cpu(500)).Granted);
    }

    private static readonly Gen<HostResourceNeed> Need =
        Gen.Select(Gen.Int[0, 1200], Gen.Int[0, 1100], Gen.Int[20, 30].HashSet[0, 2], Gen.Int[50, 55].HashSet[0, 2]).Select(
            (cpu, memory, tcp, udp) => new HostResourceNeed { Cpu = cpu, MemoryMiB = memory, TcpPorts = [.. tcp], UdpPorts = [.. udp] });

    private static readonly Gen<(int Task, HostResourceNeed? Need)> Change =
        Gen.Select(Gen.Int[0, 9], Need, Gen.Bool).Select((task, need, claims) => (task, claims ? need : null));

    [Fact]
    public void AnyChanges_NeverOversubscribeAndNeverLoseAWaiter() => Change.Array[0, 60].Sample(changes =>
    {
        var queue = HostResourceQueue.Of(Machine);
        foreach (var (task, need) in changes)
        {
            var before = queue;
            var decision = need is null ? queue.Release($"{task}") : queue.Claim($"{task}", need);
            queue = decision.Queue;
            AssertNotOversubscribed(queue);
            AssertHeadReallyDoesNotFit(queue);
            AssertFifo(before, queue);
            Assert.All(decision.Granted, granted => Assert.True(queue.Held.ContainsKey(granted)));
            Assert.All(decision.Refused, refused => Assert.DoesNotContain(queue.Waiting, w => w.TaskArn == refused.TaskArn));
        }
    });

    [Fact]
    public void AnyChanges_OnceAllHoldersAreGone_EverybodyWasLetInOrRefused() => Change.Array[0, 60].Sample(changes =>
    {
        var queue = changes.Aggregate(
            HostResourceQueue.Of(Machine), (q, c) => (c.Need is null ? q.Release($"{c.Task}") : q.Claim($"{c.Task}", c.Need)).Queue);
        for (var round = 0; !queue.Held.IsEmpty; round++)
        {
            Assert.True(round < 100, "Releases without end.");
            queue = queue.Release(queue.Held.Keys.Order().First()).Queue;
        }

        Assert.Empty(queue.Waiting);
    });

    private static void AssertNotOversubscribed(HostResourceQueue queue)
    {
        Assert.True(queue.Held.Values.Sum(h => h.Cpu) <= Machine.Cpu);
        Assert.True(queue.Held.Values.Sum(h => h.MemoryMiB) <= Machine.MemoryMiB);
        var tcp = queue.Held.Values.SelectMany(h => h.TcpPorts).Concat(Machine.TcpPorts).ToList();
        Assert.Equal(tcp.Count, tcp.Distinct().Count());
        var udp = queue.Held.Values.SelectMany(h => h.UdpPorts).Concat(Machine.UdpPorts).ToList();
        Assert.Equal(udp.Count, udp.Distinct().Count());
    }

    /// <summary>Written out anew: whoever heads the line must be in somebody's way right now.</summary>
    private static void AssertHeadReallyDoesNotFit(HostResourceQueue queue)
    {
        if (queue.Waiting.IsEmpty)
        {
            return;
        }

        var need = queue.Waiting[0].Need;
        Assert.True(
            queue.Held.Values.Sum(h => h.Cpu) + need.Cpu > Machine.Cpu
            || queue.Held.Values.Sum(h => h.MemoryMiB) + need.MemoryMiB > Machine.MemoryMiB
            || queue.Held.Values.Any(h => h.TcpPorts.Overlaps(need.TcpPorts) || h.UdpPorts.Overlaps(need.UdpPorts)));
    }

    private static void AssertFifo(HostResourceQueue before, HostResourceQueue after)
    {
        var stayed = before.Waiting.Select(w => w.TaskArn).Where(t => after.Waiting.Exists(w => w.TaskArn == t)).ToList();
        Assert.Equal(stayed, after.Waiting.Select(w => w.TaskArn).Take(stayed.Count));
        var overtaken = before.Waiting.SkipWhile(w => !after.Waiting.Exists(x => x.TaskArn == w.TaskArn)).Select(w => w.TaskArn);
        Assert.DoesNotContain(overtaken, after.Held.ContainsKey);
    }

    private static HostResourceNeed Cpu(int cpu) => new() { Cpu = cpu };
}
