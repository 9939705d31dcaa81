namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>TaskHealth</c>.</summary>
public sealed record TaskHealth
{
    public string? ClusterArn { get; init; }

    public IReadOnlyList<ContainerHealth>? Containers { get; init; }

    public string? TaskArn { get; init; }

    public string? TaskDefinitionFamily { get; init; }

    public string? TaskDefinitionVersion { get; init; }
}
