namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>AttachTaskNetworkInterfacesMessage</c>.</summary>
public sealed record AttachTaskNetworkInterfacesMessage
{
    public string? ClusterArn { get; init; }

    public string? ContainerInstanceArn { get; init; }

    public IReadOnlyList<ElasticNetworkInterface>? ElasticNetworkInterfaces { get; init; }

    public long? GeneratedAt { get; init; }

    public string? MessageId { get; init; }

    public string? TaskArn { get; init; }

    public string? TaskClusterArn { get; init; }

    public long? WaitTimeoutMs { get; init; }
}
