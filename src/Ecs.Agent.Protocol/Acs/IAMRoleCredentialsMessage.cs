namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>IAMRoleCredentialsMessage</c>.</summary>
public sealed record IAMRoleCredentialsMessage
{
    public string? MessageId { get; init; }

    public IAMRoleCredentials? RoleCredentials { get; init; }

    /// <summary>One of <c>TaskApplication</c>, <c>TaskExecution</c>.</summary>
    public string? RoleType { get; init; }

    public string? TaskArn { get; init; }

    public string? TaskClusterArn { get; init; }
}
