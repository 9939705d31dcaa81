namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>NetworkConfiguration</c>.</summary>
public sealed record NetworkConfiguration
{
    public AwsVpcConfiguration? AwsvpcConfiguration { get; init; }
}
