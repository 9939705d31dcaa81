using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Runtime;

/// <summary>
/// While the daemon cannot be reached at all nothing is known of what was asked of it, so a step is done again later instead of being
/// called a failure.
/// </summary>
internal static class RuntimeOutage
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Waits a little; the event that it gives makes the owner plan the same step again.</summary>
    public static async Task<TaskEvent> WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(false);
        return new TaskEvent.Woken(time.GetUtcNow());
    }
}
