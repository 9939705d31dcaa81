namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>VolumeFrom</c>.</summary>
public sealed record VolumeFrom
{
    public string? SourceContainer { get; init; }

    public bool? ReadOnly { get; init; }
}
