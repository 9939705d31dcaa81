using System.Runtime.InteropServices;
using Ecs.Agent.Host.Agents;

namespace Ecs.Agent.Host.Tests.Agents;

public sealed partial class StopSignalsTests
{
    [Fact]
    public void Signals_OneAfterTheOther_RequestThenInsist()
    {
        using var signals = new StopSignals();
        Assert.False(signals.Requested.IsCancellationRequested);

        signals.Raise();
        Assert.True(signals.Requested.IsCancellationRequested);
        Assert.False(signals.Insisted.IsCancellationRequested);

        signals.Raise();
        Assert.True(signals.Insisted.IsCancellationRequested);
        signals.Raise();
    }

    [Fact]
    public async Task Signal_ToThisProcess_RequestsAndDoesNotKill()
    {
        const int Terminate = 15;
        using var signals = StopSignals.OfProcess();
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = signals.Requested.Register(requested.SetResult);

        Assert.Equal(0, Kill(Environment.ProcessId, Terminate));

        await requested.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
