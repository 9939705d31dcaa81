using Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>Container instances, on EC2 and elsewhere: what none of them offers, and what one must be set up for.</summary>
internal static class InstanceTargets
{
    public static IEnumerable<TargetFinding> OfEc2(TaskDefinition definition) =>
        OfInstance(definition, demand => demand.Attribute switch
        {
            AttributeNames.ExtensibleEphemeralStorage => "Only Fargate has ephemeralStorage: tasks with it are not placed on instances.",
            AttributeNames.ElasticInference => "AWS has withdrawn Elastic Inference.",
            _ => null,
        });

    public static IEnumerable<TargetFinding> OfExternal(TaskDefinition definition) =>
        OfInstance(definition, demand => demand.Attribute switch
        {
            AttributeNames.ExtensibleEphemeralStorage => "Only Fargate has ephemeralStorage: tasks with it are not placed on instances.",
            AttributeNames.ElasticInference => "AWS has withdrawn Elastic Inference.",
            AttributeNames.TaskEni => "External instances do not support network mode awsvpc.",
            AttributeNames.AppMesh => "External instances do not support App Mesh.",
            AttributeNames.EbsTaskVolume => "External instances do not support EBS volumes that are attached at launch.",
            AttributeNames.FaultInjection => "External instances do not support fault injection.",
            AttributeNames.Efs => "External instances do not support EFS volumes.",
            AttributeNames.S3Files => "External instances do not support S3 Files volumes.",
            _ => null,
        });

    private static IEnumerable<TargetFinding> OfInstance(TaskDefinition definition, Func<AttributeDemand, string?> refusal)
    {
        foreach (var demand in RequiredAttributes.Demands(definition))
        {
            if (refusal(demand) is { } text)
            {
                yield return new TargetFinding(demand.Path, FindingKind.Refused, text);
            }
            else if (AttributeSettings.Of(demand.Attribute) is { } setting)
            {
                yield return new TargetFinding(demand.Path, FindingKind.Needs, setting);
            }
        }

        foreach (var gpu in GpuPaths(definition))
        {
            yield return new TargetFinding(gpu, FindingKind.Needs, "A GPU instance, and ECS_ENABLE_GPU_SUPPORT=true.");
        }

        if (definition.RuntimePlatform?.OperatingSystemFamily is { } family and not "LINUX")
        {
            yield return new TargetFinding(
                "runtimePlatform.operatingSystemFamily", FindingKind.Needs, $"An instance with the Windows of {family}.");
        }

        if (definition.RuntimePlatform?.CpuArchitecture == "ARM64")
        {
            yield return new TargetFinding("runtimePlatform.cpuArchitecture", FindingKind.Needs, "An instance with an ARM64 processor.");
        }
    }

    internal static IEnumerable<string> GpuPaths(TaskDefinition definition) =>
        (definition.ContainerDefinitions ?? []).SelectMany((container, index) =>
            (container.ResourceRequirements ?? []).Index().Where(entry => entry.Item.Type == "GPU")
                .Select(entry => JsonPath.Element(JsonPath.Container(index, "resourceRequirements"), entry.Index)));
}
