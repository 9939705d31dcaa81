using System.Collections.Immutable;

namespace Ecs.Agent.Domain.HostResources;

/// <summary>
/// The machine's CPU, memory and ports, who holds them and who waits. A strict queue: a small task behind a big waiting one waits too, so
/// that big tasks are never starved. Every change answers with all tasks that now hold what they need, so no wake-up can be lost.
/// </summary>
public sealed record HostResourceQueue
{
    private HostResourceQueue(HostResourceNeed total)
    {
        Total = total;
    }

    /// <summary>CPU and memory that there are; the port sets are those which no task may have.</summary>
    public HostResourceNeed Total { get; }

    /// <summary>Task ARN → what it holds.</summary>
    public ImmutableDictionary<string, HostResourceNeed> Held { get; private init; } = ImmutableDictionary<string, HostResourceNeed>.Empty;

    /// <summary>Who waits, first come first served.</summary>
    public ImmutableList<(string TaskArn, HostResourceNeed Need)> Waiting { get; private init; } = [];

    /// <summary>An empty machine.</summary>
    public static HostResourceQueue Of(HostResourceNeed total)
    {
        ArgumentNullException.ThrowIfNull(total);
        return new HostResourceQueue(total);
    }

    /// <summary>Gets the task in line; a task that holds or waits already is left where it is.</summary>
    public (HostResourceQueue Queue, ImmutableArray<string> Granted) Claim(string taskArn, HostResourceNeed need)
    {
        if (Held.ContainsKey(taskArn))
        {
            return (this, [taskArn]);
        }

        return Waiting.Exists(w => w.TaskArn == taskArn)
            ? (this, [])
            : (this with { Waiting = Waiting.Add((taskArn, need)) }).Grant();
    }

    /// <summary>Takes the resources without asking: the task runs already (it was found after a restart).</summary>
    public HostResourceQueue Seize(string taskArn, HostResourceNeed need) => this with { Held = Held.SetItem(taskArn, need) };

    /// <summary>Gives back what the task holds, or takes it out of the line. Repeats change nothing.</summary>
    public (HostResourceQueue Queue, ImmutableArray<string> Granted) Release(string taskArn) =>
        (this with { Held = Held.Remove(taskArn), Waiting = Waiting.RemoveAll(w => w.TaskArn == taskArn) }).Grant();

    /// <summary>Which tasks hold what the need lacks, for the operator who asks why a task waits.</summary>
    public ImmutableArray<string> HoldersInTheWayOf(HostResourceNeed need)
    {
        ArgumentNullException.ThrowIfNull(need);
        return [.. Held.Where(h => Collides(h.Value, need)).Select(h => h.Key).Order(StringComparer.Ordinal)];
    }

    private bool Collides(HostResourceNeed held, HostResourceNeed need) =>
        held.TcpPorts.Overlaps(need.TcpPorts)
        || held.UdpPorts.Overlaps(need.UdpPorts)
        || (held.Cpu > 0 && HeldCpu + need.Cpu > Total.Cpu)
        || (held.MemoryMiB > 0 && HeldMemory + need.MemoryMiB > Total.MemoryMiB);

    private long HeldCpu => Held.Values.Sum(h => (long)h.Cpu);

    private long HeldMemory => Held.Values.Sum(h => (long)h.MemoryMiB);

    private (HostResourceQueue Queue, ImmutableArray<string> Granted) Grant()
    {
        var queue = this;
        var granted = ImmutableArray.CreateBuilder<string>();
        while (!queue.Waiting.IsEmpty && queue.Fits(queue.Waiting[0].Need))
        {
            var (taskArn, need) = queue.Waiting[0];
            queue = queue with { Waiting = queue.Waiting.RemoveAt(0), Held = queue.Held.SetItem(taskArn, need) };
            granted.Add(taskArn);
        }

        return (queue, granted.ToImmutable());
    }

    private bool Fits(HostResourceNeed need) =>
        HeldCpu + need.Cpu <= Total.Cpu
        && HeldMemory + need.MemoryMiB <= Total.MemoryMiB
        && !Total.TcpPorts.Overlaps(need.TcpPorts)
        && !Total.UdpPorts.Overlaps(need.UdpPorts)
        && !Held.Values.Any(h => h.TcpPorts.Overlaps(need.TcpPorts) || h.UdpPorts.Overlaps(need.UdpPorts));
}
