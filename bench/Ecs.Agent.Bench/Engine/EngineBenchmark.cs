using System.Diagnostics;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Bench.Engine;

/// <summary>What the engine itself costs, without Docker and without a network.</summary>
internal static class EngineBenchmark
{
    private const int Containers = 10;
    private const int WarmUp = 2_000;
    private const int Plans = 100_000;
    private const int SingleTasks = 2_000;
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly int[] Sizes = [100, 300, 1_000, 3_000];

    public static async Task RunAsync()
    {
        var fresh = EcsTask.Admit(BareEngine.Definition(Containers, 1000), () => "00", Now).Apply(new TaskEvent.HostResourcesGranted(Now));
        var waiting = Enumerable.Range(0, Containers).Aggregate(
            fresh, (task, i) => task.Apply(new TaskEvent.ManifestResolved(Now, $"c{i}", null, PullRequired: false)));
        var running = Enumerable.Range(0, Containers).Aggregate(waiting, (task, i) => task
            .Apply(new TaskEvent.ContainerCreated(Now, $"c{i}", $"id{i}"))
            .Apply(new TaskEvent.ContainerStarted(Now, 0, $"c{i}", Up($"id{i}"))));
        running = running.Apply(new TaskEvent.ReportSettled(
            Now, StateReports.Next(running, new PlanningPolicy(), Now).Report ?? throw new InvalidOperationException("RUNNING is news.")));
        var hint = new TaskEvent.LookNeeded(Now, "c5");
        Measure($"plan, {Containers} containers, {Containers - 1} of them waiting for one another", () => Plan(waiting));
        Measure($"plan, {Containers} containers, all running", () => Plan(running));
        Measure($"apply, {Containers} containers, one hinted at", () => running.Apply(hint));

        foreach (var containers in new[] { 1, Containers })
        {
            await MeasureLaunchAsync(containers);
        }

        await RunQueueAsync(Sizes[0]);
        foreach (var size in Sizes)
        {
            await RunQueueAsync(size);
        }
    }

    private static TaskPlan Plan(EcsTask task) => TaskPlanner.Plan(task, new PlanningContext { Now = Now, Policy = new PlanningPolicy() });

    private static void Measure(string what, Func<object> work)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            work();
        }

        // The code is compiled anew, in the background, once it is known to be hot.
        Thread.Sleep(300);
        for (var i = 0; i < WarmUp; i++)
        {
            work();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Plans; i++)
        {
            work();
        }

        watch.Stop();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Output.Line($"{what}: {watch.Elapsed.TotalNanoseconds / Plans:0} ns, {(double)allocated / Plans:0} bytes");
    }

    /// <summary>Tasks one after the other on an empty machine, from payload to RUNNING.</summary>
    private static async Task MeasureLaunchAsync(int containers)
    {
        await using var engine = await BareEngine.StartAsync(endsAtOnce: false);
        var definitions = Enumerable.Range(0, SingleTasks).Select(_ => BareEngine.Definition(containers, cpu: 0)).ToList();
        foreach (var definition in definitions.Take(SingleTasks / 2))
        {
            await engine.RunAsync([definition], ReportedStatus.Running);
        }

        var times = new List<double>();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var definition in definitions.Skip(SingleTasks / 2))
        {
            var watch = Stopwatch.StartNew();
            await engine.RunAsync([definition], ReportedStatus.Running);
            times.Add(watch.Elapsed.TotalMicroseconds);
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Output.Line(
            $"payload to RUNNING, {containers} containers: median {Output.Median(times):0} us, {(double)allocated / times.Count / 1000:0.0} kB per task");
    }

    /// <summary>Far more tasks than fit at once; each ends as soon as it was started, and so lets in the next.</summary>
    private static async Task RunQueueAsync(int size)
    {
        await using var engine = await BareEngine.StartAsync(endsAtOnce: true);
        var definitions = Enumerable.Range(0, size).Select(_ => BareEngine.Definition(containers: 1, cpu: 128)).ToList();
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await engine.RunAsync(definitions, ReportedStatus.Stopped);
        var elapsed = watch.Elapsed;
        processor = Environment.CpuUsage.TotalTime - processor;
        Output.Line(
            $"{size} tasks, 16 of them at a time: {elapsed.TotalMilliseconds:0} ms, {elapsed.TotalMicroseconds / size:0} us per task, of the processors {processor.TotalMicroseconds / size:0} us");
    }

    private static ContainerObservation Up(string runtimeId) => new() { State = ObservedState.Running, RuntimeId = runtimeId, StartedAt = Now };
}
