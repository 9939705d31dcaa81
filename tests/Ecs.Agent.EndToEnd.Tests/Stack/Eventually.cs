namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>Waits for what other processes do, of which there is nothing to be notified by.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (!await condition())
        {
            if (DateTimeOffset.UtcNow > deadline)
            {
                throw new InvalidOperationException(otherwise());
            }

            await Task.Delay(Interval);
        }
    }
}
