using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;

/// <summary>
/// An EBS volume that is attached at launch is a new, empty disk that goes with its task: so is an empty volume. Volumes whose files are
/// there before and after the task have no such equivalent (<see cref="AccountNeeds"/>).
/// </summary>
internal static class VolumeAdaptation
{
    public static TaskDefinition Apply(TaskDefinition definition, ImmutableArray<AdaptationNote>.Builder notes) =>
        definition.Volumes is not { } volumes ? definition : definition with
        {
            Volumes = [.. volumes.Select((volume, index) => Adapt(volume, index, notes))],
        };

    private static Volume Adapt(Volume volume, int index, ImmutableArray<AdaptationNote>.Builder notes)
    {
        if (volume.ConfiguredAtLaunch != true)
        {
            return volume;
        }

        notes.Add(new AdaptationNote(JsonPath.Volume(index, "configuredAtLaunch"),
            $"No EBS here: volume '{volume.Name}' is an empty volume on the disk of this machine, removed with the task."));
        return volume with { ConfiguredAtLaunch = null, Host = new HostVolumeProperties() };
    }
}
