using System.Runtime.InteropServices;

namespace Ecs.Agent.Host.Agents;

/// <summary>
/// SIGINT and SIGTERM as two steps: the first asks to stop in good order, the second to leave at once. The process itself never dies of them.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Requested => _first.Token;

    /// <summary>Cancelled by the second one.</summary>
    public CancellationToken Insisted => _second.Token;

    /// <summary>Listens to this process's signals.</summary>
    public static StopSignals OfProcess()
    {
        var signals = new StopSignals();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            signals._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                signals.Raise();
            }));
        }

        return signals;
    }

    /// <summary>As if a signal had come.</summary>
    public void Raise()
    {
        if (_first.IsCancellationRequested)
        {
            _second.Cancel();
        }
        else
        {
            _first.Cancel();
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _first.Dispose();
        _second.Dispose();
    }
}
