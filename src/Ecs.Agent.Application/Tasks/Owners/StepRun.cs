using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks.Owners;

/// <summary>One step being carried out.</summary>
/// <param name="Task">The task as it was when the step was planned.</param>
/// <param name="Step">What to do.</param>
/// <param name="Order">The task's place in the order of admission.</param>
/// <param name="Post">Tells the owner of something that happens on the way.</param>
/// <param name="AgentStopping">
/// Ends even what the step's own token must not cut short: a call of which it would then be unknown whether it has happened.
/// </param>
internal sealed record StepRun(EcsTask Task, TaskStep Step, long Order, Action<TaskEvent> Post, CancellationToken AgentStopping)
{
    /// <summary>The container that the step works on.</summary>
    public EcsContainer Container =>
        Task.Find(Step.Subject) ?? throw new InvalidOperationException(
            $"Step {Step.Kind} is about a container that task {Task.Arn} lacks.");
}
