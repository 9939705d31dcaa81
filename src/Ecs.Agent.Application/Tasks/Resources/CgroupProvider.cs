using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Domain.Cgroups;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Resources;

/// <summary>Makes and removes the control groups of tasks.</summary>
internal sealed partial class CgroupProvider(ITaskCgroups cgroups, AgentIdentity identity, AgentOptions options, ILogger<CgroupProvider> logger)
{
    /// <summary>Null when the group is there, else the task's reason to stop.</summary>
    public async Task<string?> ProvisionAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        // A task of an earlier life may come here before the machine has been made ready, which is done before it is registered.
        await identity.KnownAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var policy = new TaskCgroupPolicy(options.CgroupCpuPeriod, options.TaskPidsLimit);
            await cgroups.CreateAsync(TaskCgroup.Of(task, policy), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (CgroupException e)
        {
            LogNotMade(task.Arn, e.Message);
            return CgroupException.TaskReason;
        }
    }

    /// <summary>A group that cannot be removed is left behind, and said so.</summary>
    public async Task RemoveAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        try
        {
            await cgroups.RemoveAsync(task.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (CgroupException e)
        {
            LogNotRemoved(task.Arn, e.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Task {TaskArn}: no control group can be made for its limits, so it is stopped: {Problem}. "
            + "With ECS_ENABLE_TASK_CPU_MEM_LIMIT=false tasks run without limits of their own")]
    private partial void LogNotMade(string taskArn, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: its control group is left behind, it could not be removed: {Problem}")]
    private partial void LogNotRemoved(string taskArn, string problem);
}
