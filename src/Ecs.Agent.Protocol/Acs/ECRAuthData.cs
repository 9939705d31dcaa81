namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>ECRAuthData</c>.</summary>
public sealed record ECRAuthData
{
    public string? EndpointOverride { get; init; }

    public string? Region { get; init; }

    public string? RegistryId { get; init; }

    public bool? UseExecutionRole { get; init; }
}
