namespace Ecs.Agent.Testing;

/// <summary>
/// Lets tests wait for a condition over something that changes: it is looked at once when asked for and then after each change, never in
/// between.
/// </summary>
internal sealed class ChangeSignal
{
    private readonly Lock _lock = new();
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _waiting = [];

    /// <summary>Call after each change, outside of any lock.</summary>
    public void Raise()
    {
        List<TaskCompletionSource> met;
        lock (_lock)
        {
            met = [.. _waiting.Where(w => w.Condition()).Select(w => w.Met)];
            _waiting.RemoveAll(w => met.Contains(w.Met));
        }

        met.ForEach(source => source.TrySetResult());
    }

    public async Task WaitForAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition())
            {
                return;
            }

            _waiting.Add((condition, met));
        }

        try
        {
            await met.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiting.RemoveAll(w => w.Met == met);
            }
        }
    }
}
