namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>TaskIdentifier</c>.</summary>
public sealed record TaskIdentifier
{
    public string? DesiredStatus { get; init; }

    public string? TaskArn { get; init; }

    public string? TaskClusterArn { get; init; }
}
