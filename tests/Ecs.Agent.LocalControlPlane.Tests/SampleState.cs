using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.Families;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests;

/// <summary>Parts of a state for tests to vary.</summary>
internal static class SampleState
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static string ClusterArn => "arn:aws:ecs:us-east-1:000000000000:cluster/default";

    public static ContainerInstance Instance(
        int number,
        int cpu = 2048,
        int memory = 4096,
        bool connected = true,
        ImmutableArray<EcsAttribute>? attributes = null,
        params int[] ports)
    {
        var resources = new HostResources(cpu, memory, [.. ports], [], GpuIds: []);
        return new ContainerInstance
        {
            Arn = $"arn:aws:ecs:us-east-1:000000000000:container-instance/default/{number:D32}",
            ClusterArn = ClusterArn,
            Ordinal = number,
            RegisteredAt = Start,
            Attributes = attributes ?? [],
            Registered = resources,
            Remaining = resources,
            ConnectionId = connected ? Guid.Empty : null,
            Sequence = 100,
        };
    }

    public static Candidate Candidate(int number, int tasks = 0, int cpu = 2048, int memory = 4096) =>
        new(Instance(number, cpu, memory), [.. Enumerable.Repeat("family:other", tasks)]);

    public static PlacementRequest Placement(int cpu = 256, int memory = 512) =>
        new() { Needs = new ResourceNeeds(cpu, memory, [], []), Group = "family:web" };

    public static RegisteredTaskDefinition Definition(params ContainerDefinition[] containers)
    {
        var request = new RegisterTaskDefinitionRequest { Family = "web", ContainerDefinitions = containers };
        var definition = TaskDefinitionRegistration.Register(
            request, "arn:aws:ecs:us-east-1:000000000000:task-definition/web:1", 1, Start, "arn:aws:iam::000000000000:root");
        return new RegisteredTaskDefinition(definition, LocalAdaptation.Of(definition), []);
    }

    public static ContainerDefinition Container(string name, bool essential = true) =>
        new() { Name = name, Image = "busybox", Memory = 64, Essential = essential };

    /// <summary>A PENDING task of an essential container <c>app</c> with a health check and a side container <c>side</c>.</summary>
    public static PlacedTask Task(string id = "t1") => new()
    {
        Arn = $"arn:aws:ecs:us-east-1:000000000000:task/default/{id}",
        ClusterArn = ClusterArn,
        ContainerInstanceArn = Instance(1).Arn,
        Definition = Definition(Container("app"), Container("side", essential: false)),
        Containers =
        [
            new PlacedContainer { Arn = "a", Name = "app", Image = "busybox", HasHealthCheck = true },
            new PlacedContainer { Arn = "b", Name = "side", Image = "busybox", Essential = false },
        ],
        Needs = new ResourceNeeds(256, 512, [8080], []),
        Ordinal = 10,
        CreatedAt = Start,
        LaunchType = "EC2",
        Group = "family:web",
    };
}
