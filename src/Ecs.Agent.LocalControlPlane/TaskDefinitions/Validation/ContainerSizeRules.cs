namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Container-level cpu, memory and memoryReservation.</summary>
internal static class ContainerSizeRules
{
    private const int LeastMemoryMiB = 6;

    public static void Check(ContainerRules rules)
    {
        var (cpu, memory, reservation) = (rules.Container.Cpu, rules.Container.Memory, rules.Container.MemoryReservation);
        var prefix = $"Invalid setting for container '{rules.Name}'.";
        if (cpu < 0)
        {
            rules.Add("cpu", $"{prefix} 'cpu' must not be negative. Found {cpu}.");
        }

        if (memory is null && reservation is null && rules.Definition.Request.Memory is null)
        {
            rules.Add("memory", $"{prefix} At least one of 'memory' or 'memoryReservation' must be specified.");
        }

        CheckMinimum(rules, "memory", memory, prefix);
        CheckMinimum(rules, "memoryReservation", reservation, prefix);
        if (memory < reservation)
        {
            rules.Add("memoryReservation", $"{prefix} 'memoryReservation' ({reservation}) must not be greater than 'memory' ({memory}).");
        }

        if (rules.Definition.Request.Memory is { } size && TaskSize.MemoryMiB(size) is { } limit && memory > limit)
        {
            rules.Add("memory", $"{prefix} 'memory' ({memory}) must not be greater than the task 'memory' ({limit}).");
        }

        foreach (var (index, requirement) in (rules.Container.ResourceRequirements ?? []).Index())
        {
            CheckResource(rules, requirement.Type, requirement.Value, rules.Path("resourceRequirements", index, "value"));
        }
    }

    private static void CheckMinimum(ContainerRules rules, string member, int? value, string prefix)
    {
        if (value < LeastMemoryMiB)
        {
            rules.Add(member, $"{prefix} '{member}' must be at least {LeastMemoryMiB} MiB. Found {value}.");
        }
    }

    private static void CheckResource(ContainerRules rules, string? type, string? value, string path)
    {
        if (type == "GPU" && !(int.TryParse(value, out var count) && count > 0))
        {
            rules.Definition.Add(path, $"The number of GPUs must be a whole number above 0. Found '{value}'.");
        }
        else if (type == "InferenceAccelerator"
            && (rules.Definition.Request.InferenceAccelerators ?? []).All(accelerator => accelerator.DeviceName != value))
        {
            rules.Definition.Add(path, $"Inference accelerator '{value}' is not among the inferenceAccelerators of the task definition.");
        }
    }
}
