using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;

/// <summary>Container members with a local equivalent: log drivers, and what only Service Connect reads.</summary>
internal static class ContainerAdaptation
{
    private const string LocalDriver = "json-file";

    // Options of the Docker daemon itself or of json-file; all others belong to the driver that is replaced.
    private static readonly ImmutableHashSet<string> KeptLogOptions =
        ["mode", "max-buffer-size", "labels", "labels-regex", "env", "env-regex", "tag"];

    public static TaskDefinition Apply(TaskDefinition definition, ImmutableArray<AdaptationNote>.Builder notes) => definition with
    {
        ContainerDefinitions =
        [
            .. (definition.ContainerDefinitions ?? []).Select((container, index) => Adapt(container, index, notes)),
        ],
    };

    private static ContainerDefinition Adapt(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        NotePortNames(container, index, notes);
        NoteInferenceAccelerators(container, index, notes);
        NoteVersionConsistency(container, index, notes);
        return container with
        {
            LogConfiguration = AdaptLog(container, index, notes),
            ResourceRequirements = container.ResourceRequirements is { } requirements
                ? [.. requirements.Where(r => r.Type != "InferenceAccelerator")] : null,
        };
    }

    private static LogConfiguration? AdaptLog(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (container.LogConfiguration is not { LogDriver: not LocalDriver } log)
        {
            return container.LogConfiguration;
        }

        notes.Add(new AdaptationNote(JsonPath.Container(index, "logConfiguration"),
            $"Log driver {log.LogDriver} becomes {LocalDriver}: the output of '{container.Name}' stays on this machine."));
        return new LogConfiguration
        {
            LogDriver = LocalDriver,
            Options = log.Options?.Where(option => KeptLogOptions.Contains(option.Key)).ToImmutableDictionary(),
        };
    }

    private static void NotePortNames(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (container.PortMappings?.Any(mapping => mapping.Name is not null || mapping.AppProtocol is not null) == true)
        {
            notes.Add(new AdaptationNote(JsonPath.Container(index, "portMappings"),
                "name and appProtocol serve Service Connect, which is not offered here; the ports themselves are published."));
        }
    }

    private static void NoteInferenceAccelerators(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (container.ResourceRequirements?.Any(r => r.Type == "InferenceAccelerator") == true)
        {
            notes.Add(new AdaptationNote(JsonPath.Container(index, "resourceRequirements"), "No Elastic Inference here: no accelerator is attached."));
        }
    }

    // The digest is pinned per service deployment; a single task resolves its image once in any case.
    private static void NoteVersionConsistency(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (container.VersionConsistency is not null)
        {
            notes.Add(new AdaptationNote(JsonPath.Container(index, "versionConsistency"),
                "Image digests are pinned for service deployments only; a single task resolves its image once."));
        }
    }
}
