using System.Globalization;
using Ecs.Agent.Bench.Burst;
using Ecs.Agent.Bench.Checkpoints;
using Ecs.Agent.Bench.Engine;

// Usage:
//   Ecs.Agent.Bench burst BINARY TASKS ROUNDS CONCURRENCY local-up|run
//   Ecs.Agent.Bench latency BINARY ROUNDS
//   Ecs.Agent.Bench engine
//   Ecs.Agent.Bench checkpoints BURST_TASKS RECOVERED_TASKS ROUNDS
switch (args.FirstOrDefault())
{
    case "burst":
        await LaunchBenchmark.RunAsync(args[1], Number(2), Number(3), Number(4), separateAgent: args[5] == "run");
        break;
    case "latency":
        await Ecs.Agent.Bench.Latency.LatencyBenchmark.RunAsync(args[1], Number(2));
        break;
    case "engine":
        await EngineBenchmark.RunAsync();
        break;
    case "checkpoints":
        await CheckpointBenchmark.RunBurstAsync(Number(1), Number(3));
        await CheckpointBenchmark.RunRecoveryAsync(Number(2), Number(3));
        break;
    default:
        throw new ArgumentException("Which benchmark: burst, latency, engine or checkpoints?");
}

int Number(int at) => int.Parse(args[at], CultureInfo.InvariantCulture);
