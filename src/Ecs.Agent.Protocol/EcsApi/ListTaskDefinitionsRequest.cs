namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ListTaskDefinitionsRequest</c>.</summary>
public sealed record ListTaskDefinitionsRequest
{
    public string? FamilyPrefix { get; init; }

    /// <summary>One of <c>ACTIVE</c>, <c>INACTIVE</c>, <c>DELETE_IN_PROGRESS</c>.</summary>
    public string? Status { get; init; }

    /// <summary>One of <c>ASC</c>, <c>DESC</c>.</summary>
    public string? Sort { get; init; }

    public string? NextToken { get; init; }

    public int? MaxResults { get; init; }
}
