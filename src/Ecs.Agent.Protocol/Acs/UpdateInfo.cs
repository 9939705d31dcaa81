namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>UpdateInfo</c>.</summary>
public sealed record UpdateInfo
{
    public string? Location { get; init; }

    public string? Signature { get; init; }
}
