using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>
/// A task's definition as it is stored. Holds what the containers are given, secrets included, so it is sealed before it is written.
/// </summary>
/// <remarks>
/// A class with settable members: what an older schema did not have keeps the value that stands here.
/// </remarks>
internal sealed class TaskDefinitionRecord
{
    public string Arn { get; set; } = "";

    public string Family { get; set; } = "";

    public string Version { get; set; } = "";

    public List<ContainerDefinitionRecord> Containers { get; set; } = [];

    public List<VolumeRecord> Volumes { get; set; } = [];

    public NetworkMode NetworkMode { get; set; } = NetworkMode.Bridge;

    public NamespaceMode PidMode { get; set; }

    public NamespaceMode IpcMode { get; set; }

    public double VCpu { get; set; }

    public int MemoryMiB { get; set; }

    public string? LaunchType { get; set; }

    public string? ServiceName { get; set; }

    public string? Group { get; set; }

    public string? TaskCredentialsId { get; set; }

    public string? ExecutionCredentialsId { get; set; }

    public static TaskDefinitionRecord Of(TaskDefinition task) => new()
    {
        Arn = task.Arn,
        Family = task.Family,
        Version = task.Version,
        Containers = [.. task.Containers.Select(ContainerDefinitionRecord.Of)],
        Volumes = [.. task.Volumes.Select(VolumeRecord.Of)],
        NetworkMode = task.NetworkMode,
        PidMode = task.PidMode,
        IpcMode = task.IpcMode,
        VCpu = task.VCpu,
        MemoryMiB = task.MemoryMiB,
        LaunchType = task.LaunchType,
        ServiceName = task.ServiceName,
        Group = task.Group,
        TaskCredentialsId = task.TaskCredentialsId,
        ExecutionCredentialsId = task.ExecutionCredentialsId,
    };

    public TaskDefinition ToDefinition() => new()
    {
        Arn = Arn,
        Family = Family,
        Version = Version,
        Containers = [.. Containers.Select(container => container.ToDefinition())],
        Volumes = [.. Volumes.Select(volume => volume.ToVolume())],
        NetworkMode = NetworkMode,
        PidMode = PidMode,
        IpcMode = IpcMode,
        VCpu = VCpu,
        MemoryMiB = MemoryMiB,
        LaunchType = LaunchType,
        ServiceName = ServiceName,
        Group = Group,
        TaskCredentialsId = TaskCredentialsId,
        ExecutionCredentialsId = ExecutionCredentialsId,
    };

    /// <summary>What may be read by anybody who can see the container.</summary>
    public TaskDefinitionRecord WithoutSecrets()
    {
        TaskCredentialsId = null;
        ExecutionCredentialsId = null;
        Containers.ForEach(container => container.DropSecrets());
        Volumes.ForEach(volume => volume.DropSecrets());
        return this;
    }

    public override string ToString() => $"TaskDefinitionRecord {{ {Arn} }}";
}
