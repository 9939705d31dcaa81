namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Tag</c>.</summary>
public sealed record Tag
{
    public string? Key { get; init; }

    public string? Value { get; init; }
}
