namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>PerformUpdateMessage</c>.</summary>
public sealed record PerformUpdateMessage
{
    public string? ClusterArn { get; init; }

    public string? ContainerInstanceArn { get; init; }

    public string? MessageId { get; init; }

    public UpdateInfo? UpdateInfo { get; init; }
}
