namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>FirelensConfiguration</c>.</summary>
public sealed record FirelensConfiguration
{
    /// <summary>One of <c>fluentd</c>, <c>fluentbit</c>. Required.</summary>
    public string? Type { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }
}
