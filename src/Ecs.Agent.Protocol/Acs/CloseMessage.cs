namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>CloseMessage</c>.</summary>
public sealed record CloseMessage
{
    public string? Message { get; init; }
}
