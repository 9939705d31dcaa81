namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>What this machine has for tasks.</summary>
/// <param name="Cpu">1024 to each logical CPU that this process may use.</param>
/// <param name="MemoryMiB">All memory less what <c>ECS_RESERVED_MEMORY</c> keeps back; negative when that is more than there is.</param>
public sealed record HostCapacity(int Cpu, int MemoryMiB)
{
    /// <summary>Pure: from the texts of <c>/proc/self/status</c> and <c>/proc/meminfo</c>.</summary>
    /// <param name="processStatus">Its <c>Cpus_allowed_list</c> counts; without one, <paramref name="cpusOtherwise"/> does.</param>
    /// <param name="memoryInfo">Its <c>MemTotal</c> counts; without one the machine has no memory.</param>
    /// <param name="reservedMemoryMiB"><c>ECS_RESERVED_MEMORY</c>.</param>
    /// <param name="cpusOtherwise">The number of logical CPUs where the status does not say.</param>
    public static HostCapacity From(string processStatus, string memoryInfo, int reservedMemoryMiB, int cpusOtherwise)
    {
        var cpus = ProcFile.Field(processStatus, "Cpus_allowed_list") is { } list ? ProcFile.CountCpus(list) : 0;
        var memory = ProcFile.Field(memoryInfo, "MemTotal") is { } total ? ProcFile.KibibytesToMiB(total) : 0;
        return new HostCapacity((cpus > 0 ? cpus : cpusOtherwise) * 1024, memory - reservedMemoryMiB);
    }
}
