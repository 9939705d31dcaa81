using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>What has been made durable. It survives the agent.</summary>
internal sealed class SimulatedCheckpoints
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, EcsTask> _saved = new(StringComparer.Ordinal);

    public EcsTask? Find(string taskArn) => _saved.GetValueOrDefault(taskArn);

    /// <summary>In the order of their first save.</summary>
    public ImmutableArray<EcsTask> All => [.. _order.Select(arn => _saved[arn])];

    /// <summary>The checkpoints as one life of the agent reaches them.</summary>
    public ICheckpointStore For(SimulatedWorld world, AgentLife life) => new Store(this, world, life);

    private sealed class Store(SimulatedCheckpoints checkpoints, SimulatedWorld world, AgentLife life) : ICheckpointStore
    {
        public ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken) =>
            new(DoAsync($"save {Show(task)}", () => Save(task)));

        public ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken) => new(DoAsync($"forget {taskArn}", () =>
        {
            world.Laws.OnForgotten(taskArn);
            checkpoints._saved.Remove(taskArn);
            checkpoints._order.Remove(taskArn);
        }));

        public ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(checkpoints.All);

        private void Save(EcsTask task)
        {
            var before = checkpoints.Find(task.Arn);
            if (before is null)
            {
                checkpoints._order.Add(task.Arn);
            }

            checkpoints._saved[task.Arn] = task;
            world.Laws.OnSaved(before, task);
        }

        private Task DoAsync(string what, Action effect)
        {
            if (life.Enter(what) is not { } call)
            {
                return AgentLife.Never<bool>();
            }

            // Most saves are quick; some give others the time to get in between, a few much of it.
            var delay = world.Chance.Of("save", call) switch
            {
                < 0.8 => TimeSpan.Zero,
                < 0.95 => world.Chance.Between(0, 20, "save takes", call),
                _ => world.Chance.Between(0, 2000, "save takes", call),
            };
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (delay == TimeSpan.Zero)
            {
                Finish();
            }
            else
            {
                world.Saving++;
                world.Clock.After(delay, () =>
                {
                    world.Saving--;
                    Finish();
                });
            }

            return done.Task;

            void Finish()
            {
                if (life.IsDead)
                {
                    return;
                }

                effect();
                if (life.Survives(call))
                {
                    done.SetResult();
                }
            }
        }

        private static string Show(EcsTask task) =>
            $"{task.Definition.Id} {task.Known}->{task.Desired} sent {task.Sent} {task.HostResources}: "
            + string.Join(", ", task.Containers.Select(
                c => $"{c.Name} {c.Known}->{c.Desired}{(c.Unconfirmed ? "?" : "")}{(c.RestartDue ? " restart due" : "")}"));
    }
}
