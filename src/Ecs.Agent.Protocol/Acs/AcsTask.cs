namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>Task</c>.</summary>
public sealed record AcsTask
{
    public string? AgentConfiguration { get; init; }

    public string? Arn { get; init; }

    public IReadOnlyList<Association>? Associations { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }

    public IReadOnlyList<AcsContainer>? Containers { get; init; }

    public double? Cpu { get; init; }

    public string? DesiredStatus { get; init; }

    public IReadOnlyList<ElasticNetworkInterface>? ElasticNetworkInterfaces { get; init; }

    public bool? EnableFaultInjection { get; init; }

    public IAMRoleCredentials? ExecutionRoleCredentials { get; init; }

    public string? Family { get; init; }

    public string? Group { get; init; }

    public string? IpcMode { get; init; }

    public string? LaunchType { get; init; }

    public int? Memory { get; init; }

    public string? NetworkMode { get; init; }

    public string? Overrides { get; init; }

    public string? PidMode { get; init; }

    public ProxyConfiguration? ProxyConfiguration { get; init; }

    public IAMRoleCredentials? RoleCredentials { get; init; }

    public string? ServiceName { get; init; }

    public string? TaskClusterArn { get; init; }

    public string? TaskDefinitionAccountId { get; init; }

    public TrustedExecutionConfiguration? TrustedExecutionConfiguration { get; init; }

    public string? Version { get; init; }

    public IReadOnlyList<AcsVolume>? Volumes { get; init; }

    public string? Zone { get; init; }
}
