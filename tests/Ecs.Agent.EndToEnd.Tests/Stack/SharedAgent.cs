[assembly: AssemblyFixture(typeof(Ecs.Agent.EndToEnd.Tests.Stack.SharedAgent))]

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>
/// One <see cref="WatchedAgent"/> for all tests that do not disturb one another, so that they run side by side as tasks on one machine do.
/// Started by the first that wants it.
/// </summary>
public sealed class SharedAgent : IAsyncLifetime
{
    /// <summary>What <c>ECS_CONTAINER_STOP_TIMEOUT</c> is, in seconds.</summary>
    public const int StopTimeout = 4;

    private readonly Lazy<Task<WatchedAgent>> _agent = new(() => WatchedAgent.StartAsync(
        Engine.Shared,
        new Dictionary<string, string?> { ["ECS_CONTAINER_STOP_TIMEOUT"] = $"{StopTimeout}s", ["ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION"] = "1h" }));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_agent.IsValueCreated)
        {
            await (await _agent.Value).DisposeAsync();
        }
    }

    internal Task<WatchedAgent> Agent => _agent.Value;
}
