using System.Collections.Immutable;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>
/// Does a piece of work once for all who want it at the same moment. Whoever asks while it is under way joins it and gets the same result
/// or the same failure; whoever asks after its end begins it anew. When the last one has left it is cancelled.
/// </summary>
/// <typeparam name="TKey">What makes two wishes the same.</typeparam>
/// <typeparam name="TState">What one piece of work knows about itself and about those who wait for it.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal sealed class SharedWork<TKey, TState, TResult>(Func<TState, CancellationToken, Task<TResult>> work)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Call> _calls = [];

    /// <summary>The pieces of work under way, in no order.</summary>
    public ImmutableArray<TState> UnderWay
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls.Values.Select(call => call.State)];
            }
        }
    }

    /// <summary>Joins the work under way or begins it, and waits for its end.</summary>
    /// <param name="key">Which work.</param>
    /// <param name="begin">Makes the state of a piece of work that begins.</param>
    /// <param name="join">Notes in the state that somebody more waits. Must return at once.</param>
    /// <param name="leave">Notes in the state that this one waits no longer. Must return at once.</param>
    /// <param name="cancellationToken">Leaves; the work goes on for as long as anybody else waits.</param>
    public async Task<TResult> JoinAsync(
        TKey key, Func<TState> begin, Action<TState> join, Action<TState> leave, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Call? call;
        bool isNew;
        lock (_lock)
        {
            isNew = !_calls.TryGetValue(key, out call);
            if (isNew)
            {
                _calls[key] = call = new Call(begin());
            }

            call!.Waiting++;
            join(call.State);
        }

        if (isNew)
        {
            _ = RunAsync(key, call);
        }

        try
        {
            return await call.Result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await LeaveAsync(key, call, leave).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(TKey key, Call call)
    {
        // Off the caller's path, so that whoever joins first waits like everybody else and may leave at any time.
        await Task.Yield();
        try
        {
            var result = await work(call.State, call.Cancellation.Token).ConfigureAwait(false);
            End(key, call);
            call.Result.TrySetResult(result);
        }
        catch (Exception e)
        {
            End(key, call);
            call.Result.TrySetException(e);

            // Everybody may have left by now, and then nobody looks at it.
            _ = call.Result.Task.Exception;
        }
    }

    private async Task LeaveAsync(TKey key, Call call, Action<TState> leave)
    {
        lock (_lock)
        {
            leave(call.State);
            if (--call.Waiting > 0 || call.Result.Task.IsCompleted)
            {
                return;
            }

            // Out of sight first: nobody must join what is being cancelled.
            Remove(key, call);
        }

        await call.Cancellation.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Before the result is known, so that whoever asks because of it begins anew.</summary>
    private void End(TKey key, Call call)
    {
        lock (_lock)
        {
            Remove(key, call);
        }
    }

    private void Remove(TKey key, Call call)
    {
        if (_calls.TryGetValue(key, out var current) && ReferenceEquals(current, call))
        {
            _calls.Remove(key);
        }
    }

    // Its cancellation holds nothing that would have to be given back: it is neither timed nor linked.
    private sealed class Call(TState state)
    {
        public TState State => state;

        public int Waiting { get; set; }

        public CancellationTokenSource Cancellation { get; } = new();

        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
