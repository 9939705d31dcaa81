namespace Ecs.Agent.Application.Secrets;

/// <summary>A task's own directory among those of all tasks.</summary>
/// <param name="Cluster">The name of the task's cluster.</param>
/// <param name="TaskId">The last part of its ARN.</param>
public sealed record TaskFolder(string Cluster, string TaskId)
{
    /// <summary>
    /// From the task's ARN alone, so that it is found again whatever the agent is called by then; old ARNs name no cluster.
    /// </summary>
    public static TaskFolder Of(string taskArn)
    {
        ArgumentNullException.ThrowIfNull(taskArn);
        return taskArn[(taskArn.LastIndexOf(':') + 1)..].Split('/') switch
        {
            ["task", var cluster, var id] => new TaskFolder(cluster, id),
            var parts => new TaskFolder("default", parts[^1]),
        };
    }
}
