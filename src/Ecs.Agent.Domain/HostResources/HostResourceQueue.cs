using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.HostResources;

/// <summary>
/// The machine's CPU, memory, ports and GPUs, who holds them and who waits. A strict queue: a small task behind a big waiting one waits too, so
/// that big tasks are never starved. Every change answers with all tasks that now hold what they need, so no wake-up can be lost; a task
/// that could never hold it is refused, so that it does not block the queue for ever.
/// </summary>
public sealed record HostResourceQueue
{
    private HostResourceQueue(HostResourceNeed? total)
    {
        Total = total;
    }

    /// <summary>A machine of which it is not known yet what it has: everybody waits.</summary>
    public static HostResourceQueue Unopened { get; } = new(total: null);

    /// <summary>CPU, memory and GPUs that there are; the port sets are those which no task may have. Null while that is unknown.</summary>
    public HostResourceNeed? Total { get; private init; }

    /// <summary>Task ARN → what it holds.</summary>
    public ImmutableDictionary<string, HostResourceNeed> Held { get; private init; } = ImmutableDictionary<string, HostResourceNeed>.Empty;

    /// <summary>Who waits, first come first served.</summary>
    public ImmutableList<(string TaskArn, HostResourceNeed Need)> Waiting { get; private init; } = [];

    private ImmutableHashSet<string> InLine { get; init; } = ImmutableHashSet<string>.Empty;

    private long HeldCpu { get; init; }

    private long HeldMemory { get; init; }

    /// <summary>How many hold each port: one, but for tasks that were found running after a restart.</summary>
    private ImmutableDictionary<(TransportProtocol Protocol, int Port), int> HeldPorts { get; init; } =
        ImmutableDictionary<(TransportProtocol Protocol, int Port), int>.Empty;

    /// <summary>An empty machine.</summary>
    public static HostResourceQueue Of(HostResourceNeed total)
    {
        ArgumentNullException.ThrowIfNull(total);
        return new HostResourceQueue(total);
    }

    /// <summary>Says what there is, for the first time or anew. Who holds goes on holding, who waits goes on waiting.</summary>
    public HostResourceDecision Open(HostResourceNeed total)
    {
        ArgumentNullException.ThrowIfNull(total);
        var refused = Waiting.Where(w => Shortages(total, w.Need).Any()).ToList();
        var queue = refused.Aggregate(this with { Total = total }, (left, w) => left.WithoutPlace(w.TaskArn));
        return queue.LetIn([.. refused.Select(w => new HostResourceRefusal(w.TaskArn, Explain(total, w.Need)))]);
    }

    /// <summary>Gets the task in line; a task that holds or waits already is left where it is.</summary>
    public HostResourceDecision Claim(string taskArn, HostResourceNeed need)
    {
        ArgumentNullException.ThrowIfNull(need);
        if (Held.ContainsKey(taskArn))
        {
            return new HostResourceDecision(this, [taskArn], []);
        }

        if (InLine.Contains(taskArn))
        {
            return new HostResourceDecision(this, [], []);
        }

        return Total is { } total && Shortages(total, need).Any()
            ? new HostResourceDecision(this, [], [new HostResourceRefusal(taskArn, Explain(total, need))])
            : (this with { Waiting = Waiting.Add((taskArn, need)), InLine = InLine.Add(taskArn) }).LetIn([]);
    }

    /// <summary>Takes the resources without asking and out of turn: the task runs already (it was found after a restart).</summary>
    public HostResourceQueue Seize(string taskArn, HostResourceNeed need) =>
        WithoutHolder(taskArn).WithoutPlace(taskArn).WithHolder(taskArn, need);

    /// <summary>Gives back what the task holds, or takes it out of the line. Repeats change nothing.</summary>
    public HostResourceDecision Release(string taskArn) => WithoutHolder(taskArn).WithoutPlace(taskArn).LetIn([]);

    /// <summary>Which tasks hold what the need lacks, for the operator who asks why a task waits.</summary>
    public ImmutableArray<string> HoldersInTheWayOf(HostResourceNeed need)
    {
        ArgumentNullException.ThrowIfNull(need);
        return [.. Held.Where(h => Collides(h.Value, need)).Select(h => h.Key).Order(StringComparer.Ordinal)];
    }

    private bool Collides(HostResourceNeed held, HostResourceNeed need) =>
        held.TcpPorts.Overlaps(need.TcpPorts)
        || held.UdpPorts.Overlaps(need.UdpPorts)
        || held.Gpus.Overlaps(need.Gpus)
        || (held.Cpu > 0 && HeldCpu + need.Cpu > Total?.Cpu)
        || (held.MemoryMiB > 0 && HeldMemory + need.MemoryMiB > Total?.MemoryMiB);

    /// <summary>Lets in from the head of the line for as long as the head fits.</summary>
    private HostResourceDecision LetIn(ImmutableArray<HostResourceRefusal> refused)
    {
        var queue = this;
        var granted = ImmutableArray.CreateBuilder<string>();
        while (!queue.Waiting.IsEmpty && queue.FitsNow(queue.Waiting[0].Need))
        {
            var (taskArn, need) = queue.Waiting[0];
            queue = (queue with { Waiting = queue.Waiting.RemoveAt(0), InLine = queue.InLine.Remove(taskArn) }).WithHolder(taskArn, need);
            granted.Add(taskArn);
        }

        return new HostResourceDecision(queue, granted.ToImmutable(), refused);
    }

    private bool FitsNow(HostResourceNeed need) =>
        Total is { } total
        && HeldCpu + need.Cpu <= total.Cpu
        && HeldMemory + need.MemoryMiB <= total.MemoryMiB
        && !PortsOf(need).Any(HeldPorts.ContainsKey)
        && (need.Gpus.IsEmpty || !Held.Values.Any(h => h.Gpus.Overlaps(need.Gpus)));

    private HostResourceQueue WithHolder(string taskArn, HostResourceNeed need) => this with
    {
        Held = Held.SetItem(taskArn, need),
        HeldCpu = HeldCpu + need.Cpu,
        HeldMemory = HeldMemory + need.MemoryMiB,
        HeldPorts = PortsOf(need).Aggregate(HeldPorts, (held, port) => held.SetItem(port, held.GetValueOrDefault(port) + 1)),
    };

    private HostResourceQueue WithoutHolder(string taskArn) => !Held.TryGetValue(taskArn, out var need)
        ? this
        : this with
        {
            Held = Held.Remove(taskArn),
            HeldCpu = HeldCpu - need.Cpu,
            HeldMemory = HeldMemory - need.MemoryMiB,
            HeldPorts = PortsOf(need).Aggregate(
                HeldPorts, (held, port) => held[port] > 1 ? held.SetItem(port, held[port] - 1) : held.Remove(port)),
        };

    private HostResourceQueue WithoutPlace(string taskArn) => InLine.Contains(taskArn)
        ? this with { Waiting = Waiting.RemoveAll(w => w.TaskArn == taskArn), InLine = InLine.Remove(taskArn) }
        : this;

    private static IEnumerable<(TransportProtocol Protocol, int Port)> PortsOf(HostResourceNeed need) =>
        need.TcpPorts.Select(port => (TransportProtocol.Tcp, port)).Concat(need.UdpPorts.Select(port => (TransportProtocol.Udp, port)));

    /// <summary>A GPU that is not there is no shortage but a mistake, for which ECS has words of its own.</summary>
    private static string Explain(HostResourceNeed total, HostResourceNeed need) =>
        need.Gpus.Except(total.Gpus) is [var unknown, ..]
            ? $"task gpu {unknown} not found in host gpus"
            : $"Task needs more than this machine has: {string.Join("; ", Shortages(total, need))}";

    /// <summary>What an empty machine would still lack.</summary>
    private static IEnumerable<string> Shortages(HostResourceNeed total, HostResourceNeed need)
    {
        if (need.Cpu > total.Cpu)
        {
            yield return FormattableString.Invariant($"CPU {need.Cpu} of {total.Cpu}");
        }

        if (need.MemoryMiB > total.MemoryMiB)
        {
            yield return FormattableString.Invariant($"MEMORY {need.MemoryMiB} MiB of {total.MemoryMiB} MiB");
        }

        foreach (var port in total.TcpPorts.Intersect(need.TcpPorts))
        {
            yield return FormattableString.Invariant($"PORTS_TCP {port}, which is reserved");
        }

        foreach (var port in total.UdpPorts.Intersect(need.UdpPorts))
        {
            yield return FormattableString.Invariant($"PORTS_UDP {port}, which is reserved");
        }

        foreach (var gpu in need.Gpus.Except(total.Gpus))
        {
            yield return $"GPU {gpu}, which it has not";
        }
    }
}
