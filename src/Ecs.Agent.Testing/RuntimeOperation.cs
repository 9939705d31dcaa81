namespace Ecs.Agent.Testing;

/// <summary>What a <see cref="FakeContainerRuntime"/> was asked to do.</summary>
public enum RuntimeOperation
{
    GetInfo,
    FindImage,
    ResolveDigest,
    PullImage,
    CreateVolume,
    EnsureSharedVolume,
    RemoveVolume,
    CreateContainer,
    StartContainer,
    InspectContainer,
    StopContainer,
    RemoveContainer,
    ReadLogs,
    ListImages,
    DeleteImage,
    ListContainers,
    MeasureDisk,
    EnsurePauseImage,
}
