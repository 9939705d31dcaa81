namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>The pairs of task cpu and memory that Fargate offers.</summary>
internal static class FargateSizes
{
    private const int GiB = 1024;

    /// <summary>Whether Fargate has a size of <paramref name="cpuUnits"/> with <paramref name="memoryMiB"/>.</summary>
    public static bool Offers(int cpuUnits, int memoryMiB) => cpuUnits switch
    {
        256 => memoryMiB is 512 or GiB or 2 * GiB,
        512 => Steps(memoryMiB, 1, 4, 1),
        1024 => Steps(memoryMiB, 2, 8, 1),
        2048 => Steps(memoryMiB, 4, 16, 1),
        4096 => Steps(memoryMiB, 8, 30, 1),
        8192 => Steps(memoryMiB, 16, 60, 4),
        16384 => Steps(memoryMiB, 32, 120, 8),
        _ => false,
    };

    private static bool Steps(int memoryMiB, int least, int most, int step) =>
        memoryMiB >= least * GiB && memoryMiB <= most * GiB && (memoryMiB - (least * GiB)) % (step * GiB) == 0;
}
