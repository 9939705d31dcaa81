using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>What has been made durable. It survives the agent.</summary>
internal sealed class SimulatedCheckpoints
{
    /// <summary>Longer than an owner waits before it tries again to save.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    private readonly List<ImmutableArray<EcsTask>> _history = [];

    public EcsTask? Find(string taskArn) => FindIn(All, taskArn);

    /// <summary>In the order of their first save.</summary>
    public ImmutableArray<EcsTask> All { get; private set; } = [];

    public bool IsFailing => _failing + _failingAfterEffect > 0;

    public static EcsTask? FindIn(ImmutableArray<EcsTask> tasks, string taskArn)
    {
        foreach (var task in tasks)
        {
            if (task.Arn == taskArn)
            {
                return task;
            }
        }

        return null;
    }

    /// <summary>What was durable is so no longer.</summary>
    public void Lose(SimulatedWorld world, Disturbance.StateLost loss)
    {
        var before = All;
        All = loss.How switch
        {
            StateLoss.RolledBack => _history.Count == 0 ? [] : _history[Math.Max(0, _history.Count - loss.Depth)],
            StateLoss.RecordGone => All.IsEmpty ? All : All.RemoveAt(loss.Depth % All.Length),
            _ => [],
        };
        _history.Clear();
        if (loss.How == StateLoss.AllGone)
        {
            world.Ledger.Lose();
        }

        if (!loss.IdentityKept)
        {
            world.Identity.Lose();
        }

        world.Laws.OnStateLost(before, All);
    }

    private void Become(ImmutableArray<EcsTask> tasks)
    {
        _history.Add(All);
        All = tasks;
    }

    private int _failing;
    private int _failingAfterEffect;

    /// <summary>No save succeeds for a while. What is in memory only then is not judged until all of it could be saved again.</summary>
    public void Fail(SimulatedWorld world, Disturbance.SavesFail failure)
    {
        world.Unsaved++;
        Count(1);
        world.Clock.After(failure.For, () => Count(-1));
        world.Clock.After(failure.For + Recovery, () => world.Unsaved--);

        void Count(int by)
        {
            if (failure.AfterEffect)
            {
                _failingAfterEffect += by;
            }
            else
            {
                _failing += by;
            }
        }
    }

    /// <summary>The checkpoints as one life of the agent reaches them.</summary>
    public ICheckpointStore For(SimulatedWorld world, AgentLife life) => new Store(this, world, life);

    private sealed class Store(SimulatedCheckpoints checkpoints, SimulatedWorld world, AgentLife life) : ICheckpointStore
    {
        public ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken) =>
            new(DoAsync($"save {Show(task)}", () => Save(task)));

        public ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken) => new(DoAsync($"forget {taskArn}", () =>
        {
            // What could not be forgotten at the first try may be forgotten all the same.
            if (checkpoints.Find(taskArn) is not null)
            {
                world.Laws.OnForgotten(taskArn);
            }

            checkpoints.Become(checkpoints.All.RemoveAll(t => t.Arn == taskArn));
        }));

        public ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(checkpoints.All);

        private void Save(EcsTask task)
        {
            var before = checkpoints.Find(task.Arn);
            checkpoints.Become(before is null ? checkpoints.All.Add(task) : checkpoints.All.Replace(before, task, ReferenceEqualityComparer.Instance));
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

                if (checkpoints._failing == 0)
                {
                    effect();
                }

                if (!life.Survives(call))
                {
                    return;
                }

                if (checkpoints._failing + checkpoints._failingAfterEffect > 0)
                {
                    world.Trace.Add($"call {call}: could not be saved");
                    done.SetException(new CheckpointException(CheckpointFailureKind.DiskFull, "the disk is full"));
                }
                else
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
