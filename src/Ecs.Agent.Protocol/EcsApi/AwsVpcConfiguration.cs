namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>AwsVpcConfiguration</c>.</summary>
public sealed record AwsVpcConfiguration
{
    /// <summary>Required.</summary>
    public IReadOnlyList<string>? Subnets { get; init; }

    public IReadOnlyList<string>? SecurityGroups { get; init; }

    /// <summary>One of <c>ENABLED</c>, <c>DISABLED</c>.</summary>
    public string? AssignPublicIp { get; init; }
}
