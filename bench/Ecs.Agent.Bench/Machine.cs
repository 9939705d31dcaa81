namespace Ecs.Agent.Bench;

/// <summary>Where the benchmarks run: as run.sh sets it up.</summary>
internal static class Machine
{
    public static string DockerHost { get; } = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";

    public static string DockerSocket { get; } = new Uri(DockerHost).AbsolutePath;

    public static string Image { get; } = Environment.GetEnvironmentVariable("ECS_AGENT_TEST_IMAGE") ?? "ecs-agent/sample:latest";
}
