using System.Collections.Immutable;
using System.Text.Json;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Ecs.Agent.Infrastructure.Checkpoints.Records;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>The rows that a task is stored in. Pure but for the seal's randomness.</summary>
/// <param name="Arn">The task.</param>
/// <param name="Definition">Sealed; null when it is stored already.</param>
/// <param name="State">The task's own state.</param>
/// <param name="Containers">The containers that have changed since the task was last stored.</param>
internal sealed record TaskRows(string Arn, byte[]? Definition, StateRow State, ImmutableArray<StateRow> Containers)
{
    /// <summary>What must be written so that the database holds <paramref name="task"/> instead of <paramref name="saved"/>.</summary>
    public static TaskRows Between(EcsTask? saved, EcsTask task, RecordSeal seal)
    {
        var definition = ReferenceEquals(saved?.Definition, task.Definition)
            ? null
            : seal.Seal(
                JsonSerializer.SerializeToUtf8Bytes(TaskDefinitionRecord.Of(task.Definition), CheckpointJson.Default.TaskDefinitionRecord),
                DefinitionPlace(task.Arn));
        var containers = ImmutableArray.CreateBuilder<StateRow>();
        for (var i = 0; i < task.Containers.Length; i++)
        {
            var container = task.Containers[i];
            if (saved is null || i >= saved.Containers.Length || !ReferenceEquals(saved.Containers[i], container))
            {
                containers.Add(StateRow.Of(
                    container.Name,
                    JsonSerializer.SerializeToUtf8Bytes(
                        ContainerStateRecord.Of(container), CheckpointJson.Default.ContainerStateRecord),
                    ContainerPlace(task.Arn, container.Name)));
            }
        }

        return new TaskRows(
            task.Arn,
            definition,
            StateRow.Of(
                task.Arn,
                JsonSerializer.SerializeToUtf8Bytes(TaskStateRecord.Of(task), CheckpointJson.Default.TaskStateRecord),
                StatePlace(task.Arn)),
            containers.ToImmutable());
    }

    /// <summary>The task that the rows hold. Throws <see cref="UnusableRecordException"/>, which says what is wrong.</summary>
    public static EcsTask Read(string arn, byte[] definition, StateRow state, IReadOnlyDictionary<string, StateRow> containers, RecordSeal seal)
    {
        var plain = seal.Open(definition, DefinitionPlace(arn)) ?? throw new UnusableRecordException(
            "the definition does not open: it is damaged, belongs to another task, or was sealed with a key that is gone");
        try
        {
            var task = JsonSerializer.Deserialize(plain, CheckpointJson.Default.TaskDefinitionRecord)!.ToDefinition();
            if (task.Arn != arn)
            {
                throw new UnusableRecordException("the definition is that of another task");
            }

            var states = task.Containers.Select(container => ReadContainer(arn, container, containers)).ToImmutableArray();
            return JsonSerializer.Deserialize(state.Verified(StatePlace(arn)), CheckpointJson.Default.TaskStateRecord)!.ToTask(task, states);
        }
        catch (JsonException e)
        {
            throw new UnusableRecordException($"it is not what this agent writes: {e.Message}");
        }
    }

    private static EcsContainer ReadContainer(
        string arn, ContainerDefinition definition, IReadOnlyDictionary<string, StateRow> containers)
    {
        if (!containers.TryGetValue(definition.Name, out var row))
        {
            throw new UnusableRecordException($"the state of container {definition.Name} is missing");
        }

        var container = JsonSerializer.Deserialize(
            row.Verified(ContainerPlace(arn, definition.Name)), CheckpointJson.Default.ContainerStateRecord)!.ToContainer(definition);
        var exists = container.Known is ContainerStatus.Created or ContainerStatus.Running or ContainerStatus.ResourcesProvisioned;
        return container.DockerName.Length == 0 || (exists && container.RuntimeId is null)
            ? throw new UnusableRecordException($"container {definition.Name} exists in Docker under neither a name nor an id")
            : container;
    }

    private static string DefinitionPlace(string arn) => "definition " + arn;

    private static string StatePlace(string arn) => "task " + arn;

    private static string ContainerPlace(string arn, string container) => $"container {arn} {container}";
}
