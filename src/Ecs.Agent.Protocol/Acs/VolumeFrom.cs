namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>VolumeFrom</c>.</summary>
public sealed record VolumeFrom
{
    public bool? ReadOnly { get; init; }

    public string? SourceContainer { get; init; }
}
