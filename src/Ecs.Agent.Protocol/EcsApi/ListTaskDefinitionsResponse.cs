namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ListTaskDefinitionsResponse</c>.</summary>
public sealed record ListTaskDefinitionsResponse
{
    public IReadOnlyList<string>? TaskDefinitionArns { get; init; }

    public string? NextToken { get; init; }
}
