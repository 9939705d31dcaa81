namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Task-level cpu and memory, and what the containers may take of them.</summary>
internal static class TaskSizeRules
{
    private const int LeastCpuUnits = 128;
    private const int MostCpuUnits = 192 * TaskSize.CpuUnitsPerVCpu;
    private const int LeastMemoryMiB = 6;

    public static void Check(DefinitionRules rules)
    {
        var cpu = CheckCpu(rules);
        var memory = CheckMemory(rules);
        if (cpu is { } units && rules.Containers.Sum(c => (long)(c.Cpu ?? 0)) > units)
        {
            rules.Add("cpu", "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'."
                + $" Found {rules.Containers.Sum(c => (long)(c.Cpu ?? 0))} of {units}.");
        }

        if (memory is { } mebibytes && rules.Containers.Sum(c => (long)(c.MemoryReservation ?? 0)) > mebibytes)
        {
            rules.Add("memory", "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'."
                + $" Found {rules.Containers.Sum(c => (long)(c.MemoryReservation ?? 0))} of {mebibytes}.");
        }
    }

    private static int? CheckCpu(DefinitionRules rules)
    {
        if (rules.Request.Cpu is not { } text)
        {
            return null;
        }

        var units = TaskSize.CpuUnits(text);
        if (units is null or < LeastCpuUnits or > MostCpuUnits)
        {
            rules.Add("cpu",
                "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer"
                + $" Guide. Found '{text}', must be CPU units such as 256 or vCPUs such as .25 vCPU, between {LeastCpuUnits} and"
                + $" {MostCpuUnits} units.");
            return null;
        }

        return units;
    }

    private static int? CheckMemory(DefinitionRules rules)
    {
        if (rules.Request.Memory is not { } text)
        {
            return null;
        }

        var memory = TaskSize.MemoryMiB(text);
        if (memory is null or < LeastMemoryMiB)
        {
            rules.Add("memory", "Invalid 'memory' setting for task. For more information, see the Troubleshooting section of the Amazon ECS"
                + $" Developer Guide. Found '{text}', must be MiB such as 512 or gigabytes such as .5 GB, at least {LeastMemoryMiB} MiB.");
            return null;
        }

        return memory;
    }
}
