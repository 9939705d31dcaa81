using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Credentials;

/// <summary>
/// Takes a stopped task's own role from it at once. The execution role stays until the task is forgotten: its log driver may still have to
/// send
/// what the containers wrote last.
/// </summary>
internal sealed class StoppedTaskCredentials(TaskCredentials credentials) : ITaskObserver
{
    public void OnChanged(EcsTask? before, EcsTask after)
    {
        if (after.Known == EcsTaskStatus.Stopped)
        {
            credentials.Forget(after.Arn, TaskRole.Application);
        }
    }
}
