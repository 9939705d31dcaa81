namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ExecuteCommandConfiguration</c>.</summary>
public sealed record ExecuteCommandConfiguration
{
    public string? KmsKeyId { get; init; }

    /// <summary>One of <c>NONE</c>, <c>DEFAULT</c>, <c>OVERRIDE</c>.</summary>
    public string? Logging { get; init; }

    public ExecuteCommandLogConfiguration? LogConfiguration { get; init; }
}
