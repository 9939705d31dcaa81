namespace Ecs.Agent.Domain.Containers;

/// <summary>The error classes of a container's <c>reason</c>. Users and dashboards match on these, so they are exact.</summary>
public static class ContainerErrorNames
{
    public const string CannotPullImageManifest = "CannotPullImageManifestError";
    public const string CannotPullContainer = "CannotPullContainerError";
    public const string CannotPullEcrContainer = "CannotPullECRContainerError";
    public const string CannotPullContainerAuth = "CannotPullContainerAuthError";
    public const string TaskStoppedBeforePullBegin = "TaskStoppedBeforePullBeginError";
    public const string CannotCreateContainer = "CannotCreateContainerError";
    public const string CannotStartContainer = "CannotStartContainerError";
    public const string CannotStopContainer = "CannotStopContainerError";
    public const string CannotInspectContainer = "CannotInspectContainerError";
    public const string CannotDescribeContainer = "CannotDescribeContainerError";
    public const string CannotRemoveContainer = "CannotRemoveContainerError";
    public const string CannotListContainers = "CannotListContainersError";
    public const string CannotCreateVolume = "CannotCreateVolumeError";
    public const string CannotInspectVolume = "CannotInspectVolumeError";
    public const string CannotRemoveVolume = "CannotRemoveVolumeError";
    public const string CannotListPlugins = "CannotListPluginsError";
    public const string ContainerVanished = "ContainerVanishedError";
    public const string DockerTimeout = "DockerTimeoutError";
    public const string DockerState = "DockerStateError";
    public const string OutOfMemory = "OutOfMemoryError";
    public const string HostConfig = "HostConfigError";
    public const string DockerClientConfig = "DockerClientConfigError";
    public const string UnparsablePort = "UnparsablePort";
    public const string UnrecognizedTransportProtocol = "UnrecognizedTransportProtocol";
}
