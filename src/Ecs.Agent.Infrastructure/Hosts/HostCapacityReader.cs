namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>Looks at this machine.</summary>
public static class HostCapacityReader
{
    /// <summary>
    /// CPUs by the process's affinity, not by a cgroup quota: what tasks may use is the machine, whatever bounds the agent itself.
    /// </summary>
    public static HostCapacity Read(int reservedMemoryMiB) =>
        HostCapacity.From(ReadText("/proc/self/status"), ReadText("/proc/meminfo"), reservedMemoryMiB, Environment.ProcessorCount);

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
