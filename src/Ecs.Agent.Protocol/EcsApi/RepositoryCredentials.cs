namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>RepositoryCredentials</c>.</summary>
public sealed record RepositoryCredentials
{
    /// <summary>Required.</summary>
    public string? CredentialsParameter { get; init; }
}
