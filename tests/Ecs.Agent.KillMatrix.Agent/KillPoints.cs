using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Ecs.Agent.KillPoints;

/// <summary>
/// The places in the agent's life where it could be killed: before and after each call to the outside. They are named by the call, whom it is
/// about and how often that was asked for in this life: <c>save web#7.after</c>, <c>create app.before</c>.
/// </summary>
/// <param name="fatal">Where to die; null to live.</param>
/// <param name="trace">Where each point is written down as it is passed, one to a line, behind a tab what else is worth knowing.</param>
internal sealed partial class KillPoints(string? fatal, TextWriter trace)
{
    private const int Sigkill = 9;

    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public async Task<T> AroundAsync<T>(string call, Func<Task<T>> inner, string note = "")
    {
        var times = _calls.AddOrUpdate(call, 1, (_, n) => n + 1);
        var name = times == 1 ? call : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{call}#{times}");
        Pass(name + ".before", note);
        try
        {
            return await inner();
        }
        finally
        {
            Pass(name + ".after", note);
        }
    }

    public Task AroundAsync(string call, Func<Task> inner, string note = "") => AroundAsync(
        call,
        async () =>
        {
            await inner();
            return true;
        },
        note);

    /// <summary>Writes down what is no point to die at.</summary>
    public void Note(string line)
    {
        lock (_lock)
        {
            trace.WriteLine($"{line}\t");
            trace.Flush();
        }
    }

    private void Pass(string point, string note)
    {
        lock (_lock)
        {
            trace.WriteLine($"{point}\t{note}");
            trace.Flush();
            if (point == fatal)
            {
                // As nobody could catch it; the lock lets no other thread get any further in the meantime.
                _ = Kill(Environment.ProcessId, Sigkill);
                Thread.Sleep(Timeout.Infinite);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
