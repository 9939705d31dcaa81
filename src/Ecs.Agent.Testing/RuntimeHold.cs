namespace Ecs.Agent.Testing;

/// <summary>Holds calls of a <see cref="FakeContainerRuntime"/> until they are let go. Disposing lets go.</summary>
public sealed class RuntimeHold : IDisposable
{
    private readonly TaskCompletionSource<RuntimeCall> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<RuntimeCall, bool> _matches;

    internal RuntimeHold(Func<RuntimeCall, bool> matches)
    {
        _matches = matches;
    }

    /// <summary>Completes when the first call is held.</summary>
    public Task<RuntimeCall> Reached => _reached.Task;

    /// <summary>Lets the held calls, and all later ones, go on.</summary>
    public void Release() => _released.TrySetResult();

    public void Dispose() => Release();

    internal async Task PassAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        if (_matches(call))
        {
            _reached.TrySetResult(call);
            await _released.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
