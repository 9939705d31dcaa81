using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Host.Tests.Presentation;

/// <summary>Task snapshots for the tests of what is shown.</summary>
internal static class Snapshots
{
    public static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static EcsContainer Container(string name, ContainerStatus known = ContainerStatus.None, bool essential = true) => new()
    {
        Definition = new ContainerDefinition { Name = name, Image = "repo/" + name, Essential = essential },
        DockerName = "ecs-family-1-" + name,
        Known = known,
        KnownSince = Start,
        PullRequired = false,
    };

    public static EcsContainer Ended(string name, int exitCode, double afterSeconds = 1, bool essential = true) =>
        Container(name, ContainerStatus.Stopped, essential) with
        {
            RuntimeId = new string('a', 64),
            ExitCode = exitCode,
            StartedAt = Start,
            FinishedAt = Start.AddSeconds(afterSeconds),
        };

    public static EcsContainer Failed(string name, string error, string message) =>
        Container(name, ContainerStatus.Stopped) with { Error = new ContainerError(error, message) };

    public static EcsTask Task(params ImmutableArray<EcsContainer> containers) => new()
    {
        Definition = new TaskDefinition
        {
            Arn = "arn:aws:ecs:us-east-1:000000000000:task/default/0123456789abcdef",
            Family = "family",
            Version = "1",
            Containers = [.. containers.Select(container => container.Definition)],
        },
        Containers = containers,
    };
}
