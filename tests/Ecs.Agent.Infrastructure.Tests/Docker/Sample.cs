using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

/// <summary>Containers to create.</summary>
internal static class Sample
{
    public static ContainerDefinition Container { get; } = new() { Name = "app", Image = "local/busybox:latest" };

    public static ContainerCreation Creation(ContainerDefinition container, params TaskVolume[] volumes) => new()
    {
        DockerName = "ecs-fam-7-" + container.Name + "-0123456789abcdef0123",
        Task = new TaskDefinition
        {
            Arn = "arn:aws:ecs:us-west-2:123456789012:task/lab/0123456789abcdef0123456789abcdef",
            Family = "fam",
            Version = "7",
            Containers = [container],
            Volumes = [.. volumes],
        },
        Container = container,
        Cluster = "lab",
        Environment = container.Environment,
        DockerNames = ImmutableDictionary<string, string>.Empty.Add("db", "ecs-fam-7-db-aa"),
    };
}
