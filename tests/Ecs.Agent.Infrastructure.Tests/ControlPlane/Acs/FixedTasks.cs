using System.Collections.Immutable;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

/// <summary>A directory with the tasks of the test.</summary>
internal sealed class FixedTasks(params ImmutableArray<EcsTask> tasks) : ITaskDirectory
{
    public EcsTask? Find(string taskArn) => tasks.FirstOrDefault(task => task.Arn == taskArn);

    public ImmutableArray<EcsTask> All() => tasks;

    public System.Threading.Tasks.Task ForgottenAsync(string taskArn, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Task.CompletedTask;

    public static EcsTask Task(string arn, EcsTaskStatus desired) => new()
    {
        Definition = new TaskDefinition { Arn = arn, Family = "f", Version = "1", Containers = [] },
        Containers = [],
        Desired = desired,
    };
}
