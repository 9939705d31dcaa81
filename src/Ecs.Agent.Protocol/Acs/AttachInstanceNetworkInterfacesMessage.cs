namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>AttachInstanceNetworkInterfacesMessage</c>.</summary>
public sealed record AttachInstanceNetworkInterfacesMessage
{
    public string? ClusterArn { get; init; }

    public string? ContainerInstanceArn { get; init; }

    public IReadOnlyList<ElasticNetworkInterface>? ElasticNetworkInterfaces { get; init; }

    public long? GeneratedAt { get; init; }

    public string? MessageId { get; init; }

    public long? WaitTimeoutMs { get; init; }
}
