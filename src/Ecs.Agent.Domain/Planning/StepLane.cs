namespace Ecs.Agent.Domain.Planning;

/// <summary>Steps of different lanes never wait for one another.</summary>
public enum StepLane
{
    Task,
    Container,
    Resource,
    Report,
}
