using System.Collections.Immutable;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Explaining;

/// <summary>Explanations of tasks as their owner would have them.</summary>
internal static class Explained
{
    /// <summary>Applies the planner's verdicts, then explains with those steps in flight.</summary>
    public static TaskExplanation Explain(
        this EcsTask task,
        DateTimeOffset? now = null,
        HostResourceQueue? queue = null,
        ImmutableArray<PullState>? pulls = null,
        params ImmutableArray<StepInProgress> inFlight)
    {
        var at = now ?? T0;
        TaskPlan plan;
        while (!(plan = task.Plan(at, [.. inFlight.Select(s => s.Step)])).Verdicts.IsEmpty)
        {
            task = plan.Verdicts.Aggregate(task, (t, e) => t.Apply(e));
        }

        return TaskExplainer.Explain(new TaskSituation(task, plan, inFlight), queue ?? HostResourceQueue.Unopened, pulls ?? [], at);
    }

    /// <summary>The one thing that the container waits for.</summary>
    public static Wait WaitOf(this TaskExplanation task, string container) => Assert.Single(task.Find(container)!.Waits);

    public static StepInProgress Since(this TaskStep step, int seconds) => new(step, T0.AddSeconds(seconds));
}
