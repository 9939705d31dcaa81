namespace Ecs.Agent.Domain.Explaining;

/// <summary>What a container comes through before it runs.</summary>
public enum LaunchStage
{
    Image,
    Creation,
    Start,
}
