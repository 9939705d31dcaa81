using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>What a definition that requires FARGATE must have and must not have.</summary>
internal static class FargateRules
{
    private const int MostStopTimeoutSeconds = 120;

    public static void Check(DefinitionRules rules)
    {
        if (!rules.Requires("FARGATE"))
        {
            return;
        }

        if (rules.NetworkMode != "awsvpc")
        {
            rules.Add("networkMode", "Fargate only supports network mode ‘awsvpc’.");
        }

        CheckSize(rules);
        CheckTaskMembers(rules);
        foreach (var (index, container) in rules.Containers.Index())
        {
            CheckContainer(new ContainerRules(rules, container, index));
        }
    }

    private static void CheckSize(DefinitionRules rules)
    {
        if (rules.Request.Cpu is null)
        {
            rules.Add("cpu", "Fargate requires that 'cpu' be defined at the task level.");
        }

        if (rules.Request.Memory is null)
        {
            rules.Add("memory", "Fargate requires that 'memory' be defined at the task level.");
        }

        if (rules.Request is { Cpu: { } cpuText, Memory: { } memoryText } && TaskSize.CpuUnits(cpuText) is { } cpu
            && TaskSize.MemoryMiB(memoryText) is { } memory && !FargateSizes.Offers(cpu, memory))
        {
            rules.Add("memory", $"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory."
                + " See the Amazon ECS documentation for the valid values.");
        }
    }

    private static void CheckTaskMembers(DefinitionRules rules)
    {
        Refuse(rules, "ipcMode", rules.Request.IpcMode is not null, "Tasks using the Fargate launch type do not support ipcMode.");
        Refuse(rules, "pidMode", rules.Request.PidMode == "host", "Tasks using the Fargate launch type support only pidMode task.");
        Refuse(rules, "placementConstraints", rules.Request.PlacementConstraints is { Count: > 0 },
            "Tasks using the Fargate launch type do not support placementConstraints.");
        Refuse(rules, "inferenceAccelerators", rules.Request.InferenceAccelerators is { Count: > 0 },
            "Tasks using the Fargate launch type do not support inferenceAccelerators.");
        foreach (var (index, volume) in rules.Volumes.Index())
        {
            Refuse(rules, JsonPath.Volume(index, "host.sourcePath"), volume.Host?.SourcePath is not null,
                "Tasks using the Fargate launch type do not support host.sourcePath.");
            Refuse(rules, JsonPath.Volume(index, "dockerVolumeConfiguration"), volume.DockerVolumeConfiguration is not null,
                "Tasks using the Fargate launch type do not support dockerVolumeConfiguration.");
        }
    }

    private static void CheckContainer(ContainerRules rules)
    {
        var container = rules.Container;
        NotSupported(rules, "privileged", container.Privileged == true);
        NotSupported(rules, "dockerSecurityOptions", container.DockerSecurityOptions is { Count: > 0 });
        NotSupported(rules, "disableNetworking", container.DisableNetworking == true);
        NotSupported(rules, "resourceRequirements", container.ResourceRequirements is { Count: > 0 });
        NotSupported(rules, "linuxParameters.devices", container.LinuxParameters?.Devices is { Count: > 0 });
        NotSupported(rules, "linuxParameters.sharedMemorySize", container.LinuxParameters?.SharedMemorySize is not null);
        NotSupported(rules, "linuxParameters.tmpfs", container.LinuxParameters?.Tmpfs is { Count: > 0 });
        NotSupported(rules, "linuxParameters.maxSwap", container.LinuxParameters?.MaxSwap is not null);
        NotSupported(rules, "linuxParameters.swappiness", container.LinuxParameters?.Swappiness is not null);
        rules.Definition.Range(rules.Path("stopTimeout"), container.StopTimeout, 0, MostStopTimeoutSeconds, "seconds on Fargate");
        if (container.LinuxParameters?.Capabilities?.Add?.Any(capability => capability != "SYS_PTRACE") == true)
        {
            rules.Add("linuxParameters.capabilities.add", "Tasks using the Fargate launch type can add only the capability SYS_PTRACE.");
        }

        CheckLogging(rules, container);
    }

    private static void CheckLogging(ContainerRules rules, ContainerDefinition container)
    {
        var driver = container.LogConfiguration?.LogDriver;
        if (driver is not (null or "awslogs" or "splunk" or "awsfirelens"))
        {
            rules.Add("logConfiguration.logDriver",
                $"Tasks using the Fargate launch type support the log drivers awslogs, splunk and awsfirelens. Found '{driver}'.");
        }

        if (driver == "awslogs" && rules.Definition.Request.ExecutionRoleArn is null)
        {
            rules.Definition.Add("executionRoleArn",
                "Fargate requires task definition to have execution role ARN to support log driver awslogs.");
        }

        if (EcrImage.Parse(container.Image) is not null && rules.Definition.Request.ExecutionRoleArn is null)
        {
            rules.Definition.Add("executionRoleArn", "Fargate requires task definition to have execution role ARN to support ECR images.");
        }
    }

    private static void NotSupported(ContainerRules rules, string member, bool given) =>
        Refuse(rules.Definition, rules.Path(member), given, $"Tasks using the Fargate launch type do not support {member}.");

    private static void Refuse(DefinitionRules rules, string path, bool given, string message)
    {
        if (given)
        {
            rules.Add(path, message);
        }
    }
}
