namespace Ecs.Agent.EndToEnd.Tests;

/// <summary>What test.sh sets up; a missing piece is a failure that says what to do, never a silent skip.</summary>
internal static class TestSettings
{
    public static string Binary { get; } = Setting("ECS_AGENT_BINARY", "the published executable, such as artifacts/publish/ecs-agent");

    public static string DockerHost { get; } = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";

    /// <summary>An image with busybox in it.</summary>
    public static string Image { get; } = Environment.GetEnvironmentVariable("ECS_AGENT_TEST_IMAGE") ?? "ecs-agent/sample:latest";

    /// <summary>The distribution's AWS CLI where there is one, else whichever is on the path.</summary>
    public static string AwsCli { get; } = File.Exists("/usr/bin/aws") ? "/usr/bin/aws" : "aws";

    private static string Setting(string name, string what) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"Set {name} to {what}; ./test.sh does.");
}
