namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>TaskEphemeralStorage</c>.</summary>
public sealed record TaskEphemeralStorage
{
    public int? SizeInGiB { get; init; }

    public string? KmsKeyId { get; init; }
}
