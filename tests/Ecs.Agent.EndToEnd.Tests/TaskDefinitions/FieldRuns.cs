using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Stack;

[assembly: AssemblyFixture(typeof(Ecs.Agent.EndToEnd.Tests.TaskDefinitions.FieldRuns))]

namespace Ecs.Agent.EndToEnd.Tests.TaskDefinitions;

/// <summary>
/// Runs the task of each <see cref="FieldCase"/>, some at a time, on an agent of their own that offers whatever a machine can be configured
/// to offer. Begun by the first test that asks.
/// </summary>
public sealed class FieldRuns : IAsyncLifetime
{
    private const int AtATime = 6;

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["ECS_AVAILABLE_LOGGING_DRIVERS"] = """["json-file","none","syslog","journald","gelf","fluentd","awslogs","splunk"]""",
        ["ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION"] = "1h",
        ["ECS_DYNAMIC_HOST_PORT_RANGE"] = "47100-47999",
    };

    private readonly SemaphoreSlim _places = new(AtATime);
    private readonly Lazy<Task<WatchedAgent>> _agent = new(() => WatchedAgent.StartAsync(Engine.Shared, Settings));
    private readonly Lazy<IReadOnlyDictionary<string, Task<FieldOutcome>>> _runs;

    public FieldRuns() => _runs = new(() => FieldCase.All.ToDictionary(c => c.Key, c => RunAsync(c.Value)));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_agent.IsValueCreated)
        {
            await (await _agent.Value).DisposeAsync();
            foreach (var volume in FieldCase.All.Values.Select(c => c.Volume).OfType<string>())
            {
                await Engine.Shared.CallAsync("volume", "rm", "--force", volume);
            }
        }

        _places.Dispose();
    }

    internal Task<FieldOutcome> OutcomeOfAsync(string field) => _runs.Value[field];

    private async Task<FieldOutcome> RunAsync(FieldCase field)
    {
        await _places.WaitAsync();
        try
        {
            var agent = await _agent.Value;
            var family = "matrix-" + Guid.NewGuid().ToString("n")[..12];
            if (await ProblemOfRegistrationAsync(agent, field.Definition(family)) is { } problem)
            {
                return FieldOutcome.OfRegistration(problem);
            }

            var run = await agent.CallAsync("RunTask", new JsonObject { ["taskDefinition"] = family });
            if (run["failures"]!.AsArray() is [{ } failure, ..])
            {
                return FieldOutcome.OfPlacement((string?)failure["reason"]);
            }

            var task = new WatchedTask(agent, (string)run["tasks"]![0]!["taskArn"]!);
            var stopped = await task.UntilAsync("STOPPED");
            return (string?)WatchedTask.ContainerOf(stopped, "app")["runtimeId"] is { } runtimeId
                ? FieldOutcome.OfTask(stopped, await agent.Engine.InspectAsync(runtimeId), await agent.Engine.LogAsync(runtimeId))
                : FieldOutcome.OfTask(stopped, null, null);
        }
        finally
        {
            _places.Release();
        }
    }

    private static async Task<string?> ProblemOfRegistrationAsync(WatchedAgent agent, JsonObject definition)
    {
        try
        {
            await agent.CallAsync("RegisterTaskDefinition", definition);
            return null;
        }
        catch (EcsApiException e)
        {
            return e.Reason;
        }
    }
}
