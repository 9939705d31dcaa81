namespace Ecs.Agent.Domain.Planning;

/// <summary>The kinds of <see cref="TaskStep"/>, for naming what failed and what is in flight.</summary>
public enum TaskStepKind
{
    ClaimHostResources,
    ReleaseHostResources,
    ProvisionResource,
    ResolveManifest,
    PullImage,
    CreateContainer,
    StartContainer,
    StopContainer,
    InspectContainer,
    SubmitReport,
    RemoveContainer,
    RemoveResource,
    ForgetTask,
}
