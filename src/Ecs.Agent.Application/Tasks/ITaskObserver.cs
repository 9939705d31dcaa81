using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks;

/// <summary>Hears of each change of each task. Called by the task's owner: must return at once and must not throw.</summary>
public interface ITaskObserver
{
    /// <summary>The task has changed. <paramref name="before"/> is null when it has just been admitted.</summary>
    void OnChanged(EcsTask? before, EcsTask after);
}
