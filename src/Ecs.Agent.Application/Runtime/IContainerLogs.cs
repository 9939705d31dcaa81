namespace Ecs.Agent.Application.Runtime;

/// <summary>Reads what containers write.</summary>
public interface IContainerLogs
{
    /// <summary>
    /// The container's output from its first line, ending when the container does. Empty when its log driver cannot be read back.
    /// </summary>
    IAsyncEnumerable<ContainerLogLine> FollowAsync(string runtimeId, CancellationToken cancellationToken);
}
