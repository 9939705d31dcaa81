using System.Globalization;
using Ecs.Agent.Bench;

// Usage: Ecs.Agent.Bench BINARY [TASKS] [ROUNDS] [CONCURRENCY] [run]
var binary = args.ElementAtOrDefault(0) ?? throw new ArgumentException("Name the published ecs-agent.");
var tasks = int.Parse(args.ElementAtOrDefault(1) ?? "50", CultureInfo.InvariantCulture);
var rounds = int.Parse(args.ElementAtOrDefault(2) ?? "3", CultureInfo.InvariantCulture);
var concurrency = int.Parse(args.ElementAtOrDefault(3) ?? Math.Max(2, Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
var dockerHost = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";
var image = Environment.GetEnvironmentVariable("ECS_AGENT_TEST_IMAGE") ?? "ecs-agent/sample:latest";

var separateAgent = args.Contains("run");
var what = separateAgent ? "run" : "local up";

using var docker = new RawDocker(new Uri(dockerHost).AbsolutePath);
await using var ecs = await LocalEcs.StartAsync(binary, dockerHost, separateAgent);
await Task.Delay(TimeSpan.FromSeconds(5));
Console.WriteLine(FormattableString.Invariant($"{what}, idle: {ecs.Megabytes("VmRSS"):0.0} MB RSS (aim <= {(separateAgent ? 32 : 45)})"));
await new LaunchBenchmark(docker, ecs, image, tasks, concurrency).RunAsync(rounds);
Console.WriteLine(FormattableString.Invariant($"{what}, peak: {ecs.Megabytes("VmHWM"):0.0} MB RSS"));
