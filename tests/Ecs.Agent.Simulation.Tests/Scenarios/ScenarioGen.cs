using CsCheck;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>Random scenarios. A number names one: the same number gives the same scenario on every machine.</summary>
internal static class ScenarioGen
{
    private const int Minutes = 2;

    private static readonly Gen<TimeSpan> Moment = Gen.Int[0, Minutes * 60_000].Select(ms => TimeSpan.FromMilliseconds(ms));
    private static readonly Gen<TimeSpan> Soon = Gen.Int[0, 12_000].Select(ms => TimeSpan.FromMilliseconds(ms));
    private static readonly Gen<TimeSpan> Span = Gen.Int[100, 40_000].Select(ms => TimeSpan.FromMilliseconds(ms));
    private static readonly Gen<int> Index = Gen.Int[0, 29];
    private static readonly Gen<int> ExitCodes = Gen.OneOfConst(0, 0, 1, 137, 143);

    private static readonly Gen<Edge[]> Edges = Gen.Select(
        Index,
        Gen.OneOfConst(
            DependencyCondition.Start, DependencyCondition.Complete, DependencyCondition.Success, DependencyCondition.Healthy,
            DependencyCondition.Start, DependencyCondition.Create),
        Gen.Int[0, 99],
        (target, condition, wild) => new Edge(target, condition, wild)).Array[0, 2];

    private static readonly Gen<ContainerScript> Script = Gen.Select(
        Maybe(Span, 50),
        Gen.Int[1, 3],
        ExitCodes,
        Maybe(Span, 75),
        Maybe(Soon, 80),
        ExitCodes,
        (endsAfter, ends, exitCode, healthyAfter, stopsWithin, stopExitCode) => new ContainerScript
        {
            EndsAfter = endsAfter,
            Ends = ends,
            ExitCode = exitCode,
            HealthyAfter = healthyAfter,
            StopsWithin = stopsWithin,
            StopExitCode = stopExitCode,
        });

    private static readonly Gen<RestartPolicy?> Restarts = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 20],
        (kind, period) => kind < 7 ? null : new RestartPolicy
        {
            Enabled = kind != 7,
            IgnoredExitCodes = kind == 8 ? [0] : [],
            AttemptPeriod = TimeSpan.FromSeconds(period),
        });

    private static readonly Gen<Draft> Container = Gen.Select(
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 9], Restarts),
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.OneOfConst(0, 0, 256, 512), Gen.OneOfConst(0, 128, 1024), Gen.Int[0, 9]),
        Script,
        Edges,
        (shape, needs, script, edges) => new Draft(Define(shape, needs), script, edges));

    private static readonly Gen<TaskScript> Task = Gen.Select(
        Container.Array[1, 5], Moment, Maybe(Gen.OneOf(Moment, Soon), 50), Gen.Int[0, 19], Gen.Int[0, 9],
        (containers, arrivesAt, stopAfter, size, mode) => Assemble(containers, arrivesAt, stopAfter, size, mode));

    private static readonly Gen<RuntimeCallKind> Calls = Gen.OneOf(
        Gen.Enum<RuntimeCallKind>(),
        Gen.OneOfConst(
            RuntimeCallKind.Create, RuntimeCallKind.Start, RuntimeCallKind.Stop, RuntimeCallKind.Inspect, RuntimeCallKind.Pull));

    private static readonly Gen<Disturbance> Disturbances = Gen.Frequency(
        (6, Of(Gen.Select(Moment, Index, Index, ExitCodes, Gen.Bool, (at, t, c, code, oom) =>
            new Disturbance.ContainerEnds(at, t, c, code, oom && code == 137)))),
        (2, Of(Gen.Select(Moment, Index, Index, (at, t, c) => new Disturbance.ContainerRemoved(at, t, c)))),
        (2, Of(Gen.Select(Moment, Index, Index, (at, t, c) => new Disturbance.OutOfMemoryInside(at, t, c)))),
        (3, Of(Gen.Select(Moment, Index, Index, Gen.Bool, (at, t, c, healthy) => new Disturbance.HealthFlips(at, t, c, healthy)))),
        (2, Of(Gen.Select(Moment, Span, Gen.Bool, (at, length, ends) => new Disturbance.DaemonAway(at, length, ends)))),
        (2, Of(Gen.Select(Moment, Span, (at, length) => new Disturbance.HintsLost(at, length)))),
        (2, Of(Gen.Select(Moment, Span, (at, length) => new Disturbance.HintsRepeated(at, length)))),
        (2, Of(Gen.Select(Moment, Span, (at, length) => new Disturbance.HintsLate(at, length)))),
        (1, Of(Moment.Select(at => new Disturbance.StreamBreaks(at)))),
        (2, Of(Gen.Select(Moment, Span, (at, down) => new Disturbance.AgentShutsDown(at, down)))),
        (3, Of(Gen.Select(Moment, Moment, (at, length) => new Disturbance.ControlPlaneAway(at, length)))),
        (3, Of(Gen.Select(Moment, Span, Gen.Bool, (at, length, after) => new Disturbance.SavesFail(at, length, after)))),
        (2, Of(Gen.Select(Moment, Index, (at, t) => new Disturbance.PayloadRepeated(at, t)))),
        (1, Of(Gen.Select(Moment, Index, Index, (at, t, c) => new Disturbance.ContainerStarted(at, t, c)))),
        (1, Of(Gen.Select(Moment, Gen.Int[0, 3], (at, image) => new Disturbance.ImageMoves(at, image)))),
        (3, Of(Gen.Select(Moment, Gen.Enum<StateLoss>(), Gen.Int[1, 40], Gen.Bool, Span, (at, how, depth, kept, down) =>
            new Disturbance.StateLost(at, how, depth, kept, down)))),
        (1, Of(Gen.Int[1, 20].Select(nth => new Disturbance.ReportRefused(nth)))),
        (2, Of(Gen.Int[1, 20].Select(nth => new Disturbance.AcceptanceLost(nth)))),
        (6, Of(Gen.Select(Calls, Gen.Int[1, 12], Gen.Enum<CallFault>(), (call, nth, fault) =>
            new Disturbance.CallFails(call, nth, fault)))),
        (5, Of(Gen.Select(Gen.Int[1, 250], Gen.Bool, Span, (call, after, down) => new Disturbance.AgentKilled(call, after, down)))));

    private static readonly Gen<HostScript> Host = Gen.Select(
        Gen.Select(Maybe(Gen.Int[20, 120], 50), Gen.Int[1, 4], Gen.Int[0, 2]),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4]),
        Gen.Select(Gen.Int[0, 1500], Maybe(Gen.Int[100, 1000], 30)),
        Maybe(Gen.Int[0, 4], 30),
        (cleanUp, images, disk, most) => new HostScript
        {
            CleanUpEvery = cleanUp.Item1 is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ImagesPerCycle = cleanUp.Item2,
            Untracked = cleanUp.Item3 == 0,
            OldImages = images.Item1,
            ForeignImages = images.Item2,
            FreeAtStart = disk.Item1,
            MinFree = disk.Item2,
            MostStopped = most,
            CleanUpWait = TimeSpan.FromMinutes(most is null ? 1 : 6),
        });

    private static readonly Gen<Scenario> Scenarios = Gen.Select(
        Task.Array[1, 6],
        Disturbances.Array[0, 6],
        Gen.Int[1, 3],
        Gen.Enum<ImagePullBehavior>(),
        Gen.Int[0, 3],
        Gen.Select(Gen.Int[1, 3], Host),
        Gen.Int[0, 1_000_000],
        (tasks, disturbances, launches, pull, upfront, host, chance) => new Scenario
        {
            Tasks = [.. tasks.Select(Number)],
            Disturbances = [.. disturbances],
            ConcurrentLaunches = launches,
            PullBehavior = pull,
            PullUpfront = upfront == 0,
            ConcurrentPulls = host.Item1,
            Host = host.Item2,
            Chance = new Chance(chance),
        });

    public static Scenario Generate(int seed) => Scenarios.Generate(new PCG(1, (ulong)seed), null, out _);

    private static Gen<Disturbance> Of<T>(Gen<T> gen)
        where T : Disturbance => gen.Select(disturbance => (Disturbance)disturbance);

    private static Gen<T?> Maybe<T>(Gen<T> gen, int percent)
        where T : struct => Gen.Select(gen, Gen.Int[0, 99], (value, dice) => dice < percent ? value : (T?)null);

    private static ContainerDefinition Define(
        (int Essential, int Image, bool HealthCheck, int Times, RestartPolicy? Restarts) shape,
        (int Port, int UdpPort, int Cpu, int MemoryMiB, int Volume) needs) => new()
        {
            Name = "",
            Image = shape.Image switch { 0 => "missing/i", < 4 => "cached/i", 4 => "docker.io/repo/i", _ => "repo/i" },
            Essential = shape.Essential > 0,
            HasHealthCheck = shape.HealthCheck,
            StopTimeout = TimeSpan.FromSeconds(shape.Times < 5 ? 0 : shape.Times),
            StartTimeout = TimeSpan.FromSeconds(shape.Times % 3 == 0 ? 20 : 0),
            RestartPolicy = shape.Restarts,
            Cpu = needs.Cpu,
            MemoryMiB = needs.MemoryMiB,
            PortMappings =
            [
                .. Enumerable.Repeat(new PortMapping { ContainerPort = 80, HostPort = 8080 + needs.Port }, needs.Port < 2 ? 1 : 0),
                .. Enumerable.Repeat(
                    new PortMapping { ContainerPort = 53, HostPort = 53, Protocol = TransportProtocol.Udp }, needs.UdpPort == 0 ? 1 : 0),
            ],

            // The machine has gpu-8 and gpu-9; two tasks that want the same one go one after the other, whoever wants gpu-7 never goes.
            GpuIds = needs.Volume >= 8 || needs is { Volume: 7, Port: 9 } ? [$"gpu-{needs.Volume}"] : [],
            MountPoints = needs.Volume switch
            {
                0 => [new MountPoint("own", "/own", false)],
                1 => [new MountPoint("shared", "/shared", false)],
                _ => [],
            },
        };

    private static TaskScript Assemble(
        Draft[] containers, TimeSpan arrivesAt, TimeSpan? stopAfter, int size, int mode) => new()
        {
            Definition = new TaskDefinition
            {
                Arn = "",
                Family = "web",
                Version = "3",
                Containers = [.. containers.Select((c, i) => Connect(c.Definition, c.Edges, i, containers.Length))],
                VCpu = size switch { 0 => 4, < 4 => 1, 4 => 2, _ => 0 },
                LaunchType = mode == 0 ? "FARGATE" : "EC2",
            },
            Containers = [.. containers.Select(c => c.Script)],
            ArrivesAt = arrivesAt,
            StopAt = arrivesAt + stopAfter,
        };

    /// <summary>Edges lead to earlier containers; a few lead anywhere, so that some tasks are cyclic or wait for nobody.</summary>
    private static ContainerDefinition Connect(ContainerDefinition container, Edge[] edges, int index, int count) => container with
    {
        Name = $"c{index}",
        DependsOn =
        [
            .. edges.Where(edge => index > 0 || edge.Wild < 2).Select(edge => new ContainerDependency(
                edge.Wild switch { 0 => "nobody", 1 => $"c{edge.Target % count}", _ => $"c{edge.Target % index}" }, edge.Condition)),
        ],
    };

    private static TaskScript Number(TaskScript task, int number)
    {
        var definition = task.Definition;
        return task with
        {
            Definition = definition with
            {
                Arn = $"arn:aws:ecs:eu-central-1:123456789012:task/default/t{number:d3}",
                Containers = [.. definition.Containers.Select((c, i) => c with { Image = $"{c.Image}{((number * 3) + i) % 4}:1" })],
                Volumes =
                [
                    new TaskVolume.TaskScoped { Name = "own", DockerName = $"ecs-web-3-own-{number}" },
                    new TaskVolume.Shared { Name = "shared", Autoprovision = true },
                ],
            },
        };
    }

    private sealed record Edge(int Target, DependencyCondition Condition, int Wild);

    private sealed record Draft(ContainerDefinition Definition, ContainerScript Script, Edge[] Edges);
}
