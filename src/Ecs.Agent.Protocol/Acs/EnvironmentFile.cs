namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>EnvironmentFile</c>.</summary>
public sealed record EnvironmentFile
{
    /// <summary>One of <c>s3</c>.</summary>
    public string? Type { get; init; }

    public string? Value { get; init; }
}
