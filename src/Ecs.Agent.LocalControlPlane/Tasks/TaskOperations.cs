using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>RunTask, StartTask, StopTask, DescribeTasks, ListTasks.</summary>
internal sealed class TaskOperations(
    ControlPlaneStore store, ResourceNames names, LocalControlPlaneOptions options, TimeProvider time, Func<Guid> newId)
{
    private const int LaunchLimit = 10;
    private const int DescribeLimit = 100;

    public RunTaskResponse Run(RunTaskRequest request)
    {
        var count = request.Count ?? 1;
        if (count is < 1 or > LaunchLimit)
        {
            throw EcsErrors.InvalidParameter($"count must be between 1 and {LaunchLimit}.");
        }

        var (tasks, failures) = store.Update(state => Run(state, request, count));
        return new RunTaskResponse { Tasks = Describe(tasks, withTags: true), Failures = failures };
    }

    public StartTaskResponse Start(StartTaskRequest request)
    {
        var instances = request.ContainerInstances ?? [];
        if (instances.Count == 0)
        {
            throw EcsErrors.Empty("Container instances");
        }

        if (instances.Count > LaunchLimit)
        {
            throw EcsErrors.TooMany("instanceIds", LaunchLimit);
        }

        var (tasks, failures) = store.Update(state => Start(state, LaunchRequests.Of(state, request), instances));
        return new StartTaskResponse { Tasks = Describe(tasks, withTags: true), Failures = failures };
    }

    public StopTaskResponse Stop(StopTaskRequest request)
    {
        var task = store.Update(state => Stop(state, request));
        return new StopTaskResponse { Task = Describe([task], withTags: false)[0] };
    }

    public DescribeTasksResponse Describe(DescribeTasksRequest request)
    {
        var wanted = request.Tasks ?? [];
        var state = store.Current;
        var cluster = state.GetCluster(request.Cluster);
        if (wanted.Count == 0)
        {
            throw EcsErrors.Empty("Tasks");
        }

        if (wanted.Count > DescribeLimit)
        {
            throw EcsErrors.TooMany("taskIds", DescribeLimit);
        }

        var arns = wanted.Select(task => names.Identify("task", cluster, task)).Distinct().ToList();
        return new DescribeTasksResponse
        {
            Tasks = Describe(arns.Select(state.FindTask).OfType<PlacedTask>(), request.Include?.Contains("TAGS") == true),
            Failures = [.. arns.Where(arn => state.FindTask(arn) is null).Select(arn => new Failure { Arn = arn, Reason = "MISSING" })],
        };
    }

    public ListTasksResponse List(ListTasksRequest request)
    {
        var state = store.Current;
        var cluster = state.GetCluster(request.Cluster);
        if (!string.IsNullOrEmpty(request.ServiceName))
        {
            throw new EcsApiException("ServiceNotFoundException", "Service not found.");
        }

        var instance = string.IsNullOrEmpty(request.ContainerInstance)
            ? null
            : names.Identify("container-instance", cluster, request.ContainerInstance);
        var stopped = (request.DesiredStatus ?? "RUNNING") switch
        {
            "RUNNING" => false,
            "STOPPED" => true,
            "PENDING" => (bool?)null,
            _ => throw EcsErrors.InvalidParameter("desiredStatus must be one of RUNNING, PENDING, STOPPED."),
        };

        // The desired status is never PENDING, so a list of those is empty; ECS answers the same.
        var arns = state.TasksOf(cluster)
            .Where(task => task.StopDesired == stopped)
            .Where(task => instance is null || task.ContainerInstanceArn == instance)
            .Where(task => request.Family is null || task.Definition.Definition.Family == request.Family)
            .Where(task => request.StartedBy is null || task.StartedBy == request.StartedBy)
            .Where(task => request.LaunchType is null || task.LaunchType == request.LaunchType)
            .Select(task => task.Arn);
        var (page, next) = Paging.Of(arns, request.NextToken, request.MaxResults);
        return new ListTasksResponse { TaskArns = page, NextToken = next };
    }

    private (ControlPlaneState State, (ImmutableArray<PlacedTask> Tasks, ImmutableArray<Failure> Failures) Result) Run(
        ControlPlaneState before, RunTaskRequest request, int count)
    {
        var state = before.ForgetStoppedBefore(time.GetUtcNow() - options.StoppedTaskRetention);
        var launch = LaunchRequests.Of(state, request);
        if (Repeated(state, launch) is { IsEmpty: false } earlier)
        {
            return (state, (earlier, []));
        }

        var candidates = Candidates(state, launch.Cluster);
        if (candidates.Count == 0)
        {
            throw EcsErrors.NoInstances();
        }

        var decision = Scheduler.Place(launch.ToPlacement(newId().GetHashCode()), candidates, count);
        var (after, tasks) = Create(state, launch, decision.InstanceArns);
        return (after, (tasks, decision.Failures));
    }

    private (ControlPlaneState State, (ImmutableArray<PlacedTask> Tasks, ImmutableArray<Failure> Failures) Result) Start(
        ControlPlaneState state, TaskLaunch launch, IReadOnlyList<string> instances)
    {
        var placement = launch.ToPlacement(seed: 0);
        var failures = ImmutableArray.CreateBuilder<Failure>();
        var fitting = ImmutableArray.CreateBuilder<string>();
        foreach (var arn in instances.Select(instance => names.Identify("container-instance", launch.Cluster, instance)).Distinct())
        {
            var refusal = state.FindInstance(arn) is { } instance
                ? Scheduler.Refusal(placement, Candidate.Of(state, instance))
                : new Failure { Arn = arn, Reason = "MISSING" };
            if (refusal is null)
            {
                fitting.Add(arn);
            }
            else
            {
                failures.Add(refusal);
            }
        }

        var (after, tasks) = Create(state, launch, fitting.ToImmutable());
        return (after, (tasks, failures.ToImmutable()));
    }

    private (ControlPlaneState State, PlacedTask Task) Stop(ControlPlaneState state, StopTaskRequest request)
    {
        var cluster = state.GetCluster(request.Cluster);
        if (string.IsNullOrEmpty(request.Task))
        {
            throw EcsErrors.Empty("Task");
        }

        var task = state.FindTask(names.Identify("task", cluster, request.Task)) ?? throw EcsErrors.TaskNotFound();
        var stopping = TaskProgress.RequestStop(task, request.Reason, time.GetUtcNow());
        return ReferenceEquals(task, stopping)
            ? (state, task)
            : (TaskTransition.Inform(TaskTransition.Replace(state, task, stopping), stopping), stopping);
    }

    private (ControlPlaneState State, ImmutableArray<PlacedTask> Tasks) Create(
        ControlPlaneState state, TaskLaunch launch, ImmutableArray<string> instanceArns)
    {
        var tasks = ImmutableArray.CreateBuilder<PlacedTask>(instanceArns.Length);
        foreach (var instance in instanceArns)
        {
            (state, var task) = TaskCreation.Create(state, launch, instance, names, newId, time.GetUtcNow());
            tasks.Add(task);
        }

        return (state, tasks.ToImmutable());
    }

    // The same client token with the same call gives the tasks of the first call; with another call it is a conflict.
    private static ImmutableArray<PlacedTask> Repeated(ControlPlaneState state, TaskLaunch launch)
    {
        if (launch.Token is not { } token)
        {
            return [];
        }

        var earlier = state.TasksOf(launch.Cluster).Where(task => task.RunToken?.ClientToken == token.ClientToken).ToImmutableArray();
        return earlier.All(task => task.RunToken == token)
            ? earlier
            : throw new EcsApiException("ConflictException", "The client token was used by a RunTask call with other parameters.");
    }

    private static List<Candidate> Candidates(ControlPlaneState state, Cluster cluster) =>
        [.. state.InstancesOf(cluster).Select(instance => Candidate.Of(state, instance))];

    private IReadOnlyList<TaskDescription> Describe(IEnumerable<PlacedTask> tasks, bool withTags)
    {
        var state = store.Current;
        return [.. tasks.Select(task => TaskView.Describe(task, state.FindInstance(task.ContainerInstanceArn), withTags))];
    }
}
