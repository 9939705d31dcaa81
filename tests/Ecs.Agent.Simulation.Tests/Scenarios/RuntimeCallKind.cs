namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>The calls to the container runtime.</summary>
internal enum RuntimeCallKind
{
    FindImage,
    ResolveDigest,
    Pull,
    Create,
    Start,
    Inspect,
    Stop,
    Remove,
    MakeVolume,
    RemoveVolume,
    ListImages,
    DeleteImage,
    ListContainers,
    Survey,
}
