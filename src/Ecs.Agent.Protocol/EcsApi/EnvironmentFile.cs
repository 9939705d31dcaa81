namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>EnvironmentFile</c>.</summary>
public sealed record EnvironmentFile
{
    /// <summary>Required.</summary>
    public string? Value { get; init; }

    /// <summary>One of <c>s3</c>. Required.</summary>
    public string? Type { get; init; }
}
