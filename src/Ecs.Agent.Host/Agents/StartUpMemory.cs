namespace Ecs.Agent.Host.Agents;

/// <summary>
/// What starting needed and running does not: parsed configuration, JSON of the registration, buffers, and the code that handled them. An
/// agent that then idles for days would hold on to it, because nothing makes the collector run or the kernel look.
/// </summary>
internal static class StartUpMemory
{
    private static readonly TimeSpan UntilSettled = TimeSpan.FromSeconds(2);

    /// <summary>Waits until the start is over, gives its memory back to the machine, and returns when cancelled.</summary>
    public static async Task GiveBackAndIdleAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(UntilSettled, cancellationToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        MappedCode.Release();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
