using System.Text.Json;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>
/// What each container says of itself in a label, so that its task can be taken on again when the agent's own state is gone. Anybody who may look
/// at the container can read it: nothing in it is secret.
/// </summary>
internal sealed class RecoveryRecord
{
    /// <summary>The container instance whose agent made the container.</summary>
    public string Instance { get; set; } = "";

    /// <summary>The cluster of that agent.</summary>
    public string Cluster { get; set; } = "";

    /// <summary>Where that agent keeps its state.</summary>
    public string Directory { get; set; } = "";

    /// <summary>The container's name in the task.</summary>
    public string Container { get; set; } = "";

    public TaskDefinitionRecord Task { get; set; } = new();

    public static string Write(string containerInstanceArn, ContainerCreation creation) => JsonSerializer.Serialize(
        new RecoveryRecord
        {
            Instance = containerInstanceArn,
            Cluster = creation.Cluster,
            Directory = creation.DataDirectory,
            Container = creation.Container.Name,
            Task = TaskDefinitionRecord.Of(creation.Task).WithoutSecrets(),
        },
        RecoveryJson.Default.RecoveryRecord);

    /// <summary>Null when the label is not one of ours, or of an agent that wrote it differently.</summary>
    public static RecoveryRecord? Read(string? label)
    {
        try
        {
            return label is not null
                && JsonSerializer.Deserialize(label, RecoveryJson.Default.RecoveryRecord) is { Instance.Length: > 0, Task.Arn.Length: > 0 } record
                && record.Task.Containers.Exists(container => container.Name == record.Container)
                    ? record
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
