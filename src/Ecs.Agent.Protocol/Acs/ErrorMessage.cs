namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>ErrorMessage</c>.</summary>
public sealed record ErrorMessage
{
    public string? Message { get; init; }
}
