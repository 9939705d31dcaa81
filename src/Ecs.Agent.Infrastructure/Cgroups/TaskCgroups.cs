using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Cgroups;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Cgroups;

/// <summary>
/// The control groups of tasks, or none: on a machine that cannot have them, limits of tasks are left alone instead of being kept for some
/// tasks and not for others.
/// </summary>
internal sealed partial class TaskCgroups : ITaskCgroups
{
    private readonly AgentOptions _options;
    private readonly IDockerMachine _docker;
    private readonly ILogger<TaskCgroups> _logger;
    private readonly IHostCgroups _host;

    private volatile bool _inForce;

    public TaskCgroups(AgentOptions options, IDockerMachine docker, ISystemdUnits systemd, TimeProvider time, ILogger<TaskCgroups> logger)
    {
        _options = options;
        _docker = docker;
        _logger = logger;
        HostIsUnified = UnifiedCgroups.AreMountedAt(options.CgroupPath);
        _host = HostIsUnified ? new UnifiedCgroups(options.CgroupPath, systemd) : new LegacyCgroups(options.CgroupPath, time);
    }

    public bool InForce => _inForce;

    public bool HostIsUnified { get; }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_options.TaskCgroups is TaskCgroupMode.Off)
        {
            return;
        }

        try
        {
            await RequireSameHierarchyAsync(cancellationToken);
            _host.Prepare();
            _inForce = true;
        }
        catch (CgroupException e) when (_options.TaskCgroups is TaskCgroupMode.Required)
        {
            throw new CgroupException($"unable to setup '/ecs' cgroup: {e.Message}", e);
        }
        catch (CgroupException e)
        {
            LogNotInForce(e.Message);
        }
    }

    public string? CgroupParentOf(string taskId) => InForce ? _host.ParentOf(TaskIdOf(taskId)) : null;

    public Task CreateAsync(TaskCgroup cgroup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cgroup);
        return InForce ? _host.CreateAsync(cgroup with { TaskId = TaskIdOf(cgroup.TaskId) }, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Also when groups are not in force any more: an earlier run may have made it.</summary>
    public Task RemoveAsync(string taskId, CancellationToken cancellationToken) => _host.RemoveAsync(TaskIdOf(taskId), cancellationToken);

    /// <summary>An id becomes the name of a directory, so it must not lead out of ours.</summary>
    private static string TaskIdOf(string taskId) =>
        taskId.Length > 0 && taskId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && taskId[0] != '-'
            ? taskId
            : throw new CgroupException($"the task id '{taskId}' cannot be the name of a control group");

    /// <summary>
    /// A group that the daemon does not see, or reads differently, limits nothing: a daemon in a virtual machine, or one that uses the other
    /// of the two cgroup drivers.
    /// </summary>
    private async Task RequireSameHierarchyAsync(CancellationToken cancellationToken)
    {
        if (await _docker.FindCgroupDriverAsync(cancellationToken) is { } driver && driver != _host.DockerDriver)
        {
            throw new CgroupException(
                $"the Docker daemon uses the cgroup driver {driver}, but groups on this machine need {_host.DockerDriver}; "
                + $"set \"exec-opts\": [\"native.cgroupdriver={_host.DockerDriver}\"] in Docker's daemon.json");
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "CPU, memory and process limits of whole tasks are not kept on this machine, those of containers are: {Problem}. "
            + "ECS_ENABLE_TASK_CPU_MEM_LIMIT=false says that this is wanted")]
    private partial void LogNotInForce(string problem);
}
