using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>
/// What the control plane wants of the agent, in order. One payload at a time; what is not acknowledged when the agent dies is sent again
/// to its next life.
/// </summary>
internal sealed class PayloadQueue(SimulatedWorld world)
{
    private readonly Queue<(TaskDefinition Task, bool Start, bool Manifest)> _unacknowledged = new();
    private readonly HashSet<string> _toStop = new(StringComparer.Ordinal);
    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private static readonly TimeSpan SendAgainAfter = TimeSpan.FromSeconds(5);

    private AgentLife? _delivering;

    /// <summary>Tasks whose start the agent has acknowledged.</summary>
    public IReadOnlySet<string> Accepted => _accepted;

    /// <summary>Tasks whose stop the agent has acknowledged.</summary>
    public IReadOnlySet<string> ToStop => _toStop;

    public void Add(TaskDefinition task, bool start)
    {
        _unacknowledged.Enqueue((task, start, false));
        Deliver();
    }

    /// <summary>
    /// The agent's state was lost. What should not run here any more the control plane says anew when the agent connects, with the manifest of
    /// its tasks.
    /// </summary>
    public void AddToManifest(string taskArn) =>
        _unacknowledged.Enqueue((world.Scenario.Tasks.First(t => t.Definition.Arn == taskArn).Definition, false, true));

    public void Deliver()
    {
        if (world.Agent is { Life.IsDead: false, IsUp: true } agent && _delivering != agent.Life)
        {
            world.Watch(DeliverAsync(agent));
        }
    }

    private static async Task<bool> SendAsync(SimulatedAgent agent, TaskDefinition task, bool start) => start
        ? (await agent.SendAsync(new StartTasksCommand([task], [])).ConfigureAwait(false)).AllAccepted
        : (await agent.SendAsync(new StopTaskCommand(task.Arn, task)).ConfigureAwait(false)).Durable;

    private async Task DeliverAsync(SimulatedAgent agent)
    {
        _delivering = agent.Life;
        while (agent is { Life.IsDead: false, IsUp: true } && _unacknowledged.TryPeek(out var payload))
        {
            // What the control plane has been told the end of it does not ask for any more.
            if (payload.Manifest || !world.Laws.HasEnded(payload.Task.Arn))
            {
                world.Trace.Add($"payload: {(payload.Start ? "start" : "stop")} {payload.Task.Id}");
                bool accepted;
                try
                {
                    accepted = payload.Manifest
                        ? (await agent.SendAsync(new StopTaskCommand(payload.Task.Arn, null)).ConfigureAwait(false)).Durable
                        : await SendAsync(agent, payload.Task, payload.Start).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (!agent.IsUp)
                {
                    // It shuts down: no acknowledgement.
                    return;
                }

                if (agent.Life.IsDead)
                {
                    return;
                }

                if (!accepted)
                {
                    world.Trace.Add($"payload: {(payload.Start ? "start" : "stop")} {payload.Task.Id} not acknowledged");
                    _delivering = null;
                    world.Clock.After(SendAgainAfter, Deliver);
                    return;
                }

                world.Trace.Add($"payload: {(payload.Start ? "start" : "stop")} {payload.Task.Id} acknowledged");
                if (!payload.Manifest)
                {
                    (payload.Start ? _accepted : _toStop).Add(payload.Task.Arn);
                }
            }

            _unacknowledged.Dequeue();
        }

        _delivering = null;
    }
}
