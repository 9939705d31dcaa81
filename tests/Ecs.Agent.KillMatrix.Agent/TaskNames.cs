using System.Collections.Concurrent;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.KillPoints;

/// <summary>Tasks by what their definition is called, since an ARN is another one in each run.</summary>
internal sealed class TaskNames
{
    private readonly ConcurrentDictionary<string, string> _families = new(StringComparer.Ordinal);

    public string Of(string taskArn) => _families.GetValueOrDefault(taskArn, "unknown");

    /// <summary>Learns the name. <c>web-ab12</c>, where the rest tells one run from another, is <c>web</c>.</summary>
    public string Of(EcsTask task) => _families.GetOrAdd(task.Arn, _ => task.Definition.Family.Split('-')[0]);
}
