using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;

/// <summary>
/// Container members with a local equivalent, or that a program can run without: log drivers and the router behind them, private
/// registries, inference accelerators.
/// </summary>
internal static class ContainerAdaptation
{
    private const string LocalDriver = "json-file";
    private const string Firelens = "awsfirelens";

    // Options of the Docker daemon itself or of json-file; all others belong to the driver that is replaced.
    private static readonly ImmutableHashSet<string> KeptLogOptions =
        ["mode", "max-buffer-size", "labels", "labels-regex", "env", "env-regex", "tag"];

    public static TaskDefinition Apply(
        TaskDefinition definition, ImmutableArray<string> loggingDrivers, ImmutableArray<AdaptationNote>.Builder notes) => definition with
        {
            ContainerDefinitions =
        [
            .. (definition.ContainerDefinitions ?? []).Select((container, index) => Adapt(container, index, loggingDrivers, notes)),
        ],
        };

    /// <summary>Whether tasks are placed here although no instance has it: ECR images are used as they are on this machine.</summary>
    public static bool DoesWithout(EcsAttribute attribute) =>
        attribute.Name is AttributeNames.EcrAuth or AttributeNames.ExecutionRoleEcrPull;

    private static ContainerDefinition Adapt(
        ContainerDefinition container, int index, ImmutableArray<string> loggingDrivers, ImmutableArray<AdaptationNote>.Builder notes)
    {
        NoteInferenceAccelerators(container, index, notes);
        NoteEcrImage(container, index, notes);
        NoteRegistry(container, index, notes);
        NoteRouter(container, index, notes);
        return container with
        {
            RepositoryCredentials = null,
            FirelensConfiguration = null,
            LogConfiguration = AdaptLog(container, index, loggingDrivers, notes),
            ResourceRequirements = container.ResourceRequirements is { } requirements
                ? [.. requirements.Where(r => r.Type != "InferenceAccelerator")] : null,
        };
    }

    // The router that FireLens would route to is no router here, whatever the agents are set up for.
    private static LogConfiguration? AdaptLog(
        ContainerDefinition container, int index, ImmutableArray<string> loggingDrivers, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (container.LogConfiguration is not { LogDriver: { } driver and not LocalDriver } log
            || (driver != Firelens && loggingDrivers.Contains(driver)))
        {
            return container.LogConfiguration;
        }

        notes.Add(new AdaptationNote(JsonPath.Container(index, "logConfiguration"),
            $"Log driver {driver} becomes {LocalDriver}: the output of '{container.Name}' stays on this machine."));
        return new LogConfiguration
        {
            LogDriver = LocalDriver,
            Options = log.Options?.Where(option => KeptLogOptions.Contains(option.Key)).ToImmutableDictionary(),
        };
    }

    private static void NoteEcrImage(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (EcrImage.Parse(container.Image) is not null)
        {
            notes.Add(new AdaptationNote(JsonPath.Container(index, "image"),
                $"No AWS account here to pull from ECR with: the image of '{container.Name}' must be on this machine already."));
        }
    }

    // The image may be here already, as one from ECR; an agent with ECS_ENGINE_AUTH_DATA knows the registry's password by itself.
    private static void NoteRegistry(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (container.RepositoryCredentials is not null)
        {
            notes.Add(new AdaptationNote(JsonPath.Container(index, "repositoryCredentials"),
                $"No AWS account here to ask for the password of the registry: the image of '{container.Name}' must be on this machine already,"
                + " public, or covered by ECS_ENGINE_AUTH_DATA."));
        }
    }

    private static void NoteRouter(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (container.FirelensConfiguration is not null)
        {
            notes.Add(new AdaptationNote(JsonPath.Container(index, "firelensConfiguration"),
                $"No FireLens here: '{container.Name}' runs as any other container, with the configuration of its image, and gets no logs."));
        }
    }

    private static void NoteInferenceAccelerators(ContainerDefinition container, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        foreach (var (place, requirement) in (container.ResourceRequirements ?? []).Index())
        {
            if (requirement.Type == "InferenceAccelerator")
            {
                var path = JsonPath.Element(JsonPath.Container(index, "resourceRequirements"), place);
                notes.Add(new AdaptationNote(JsonPath.Member(path, "type"), "No Elastic Inference here: no accelerator is attached."));
            }
        }
    }
}
