using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Extensions.Logging.Abstractions;
using static Ecs.Agent.Infrastructure.Tests.Checkpoints.SampleTasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints;

/// <summary>
/// A data directory of each released schema, made by the agent that released it: <c>Fixtures/schema-N</c>. They are never made again, and each
/// loads completely for ever.
/// </summary>
public sealed class SchemaFixtureTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("ecs-agent-fixture-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    public static TheoryData<int> Schemas { get; } = [.. Enumerable.Range(1, CheckpointSchema.Current)];

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Load_OfAReleasedSchema_IsComplete(int schema)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Checkpoints", "Fixtures", $"schema-{schema}")))
        {
            File.Copy(file, Path.Combine(_path, Path.GetFileName(file)));
        }

        using (var directory = DataDirectory.Take(_path))
        using (var store = Open(directory))
        {
            var tasks = await store.LoadAsync(default);
            Assert.Equal([Arn(1), Arn(2), Arn(3), "a Arn"], tasks.Select(task => task.Arn));
            RequireRunning(tasks[0]);
            Assert.Equal((EcsTaskStatus.None, EcsTaskStatus.Running), (tasks[1].Known, tasks[1].Desired));
            RequireStopped(tasks[2]);
            RequireWhole(tasks[3]);
            Assert.Equal(["sha256:a", "sha256:b"], ((IImageLedgerStore)store).Load().Records.Keys);
            Assert.Equal(42, ((ITaskManifestNumber)store).Latest);
            Assert.Equal(Identity, new FileIdentityStore(directory, NullLogger<FileIdentityStore>.Instance).Load());
        }

        var report = CheckpointInspection.Inspect(_path);
        Assert.Equal(CheckpointSchema.Current, report.SchemaVersion);
        Assert.Empty(report.Quarantined);
        Assert.Empty(report.PutAside);
    }

    /// <summary>
    /// Makes the fixture of the current schema: <c>ECS_AGENT_MAKE_FIXTURE=DIRECTORY</c>, an empty directory, with a run of this test. Do so once,
    /// with the release that brings a schema, and commit <c>state.db</c>, <c>state.key</c> and <c>identity.json</c>.
    /// </summary>
    [Fact]
    public async Task Fixture_OfTheCurrentSchema_IsMadeAndLoads()
    {
        var path = Environment.GetEnvironmentVariable("ECS_AGENT_MAKE_FIXTURE") is { Length: > 0 } wanted ? wanted : _path;
        using (var directory = DataDirectory.Take(path))
        using (var store = Open(directory))
        {
            await store.SaveAsync(Running(1), default);
            await store.SaveAsync(Admitted(2), default);
            await store.SaveAsync(Stopped(3), default);
            await store.SaveAsync(Whole(), default);
            await ((IImageLedgerStore)store).SaveAsync(
                ImageLedger.Empty.Seen("repo/app:1", "sha256:a", 7, ["PATH"], T0).Pulled("repo/app:1").Seen("repo/db:1", "sha256:b", 8, [], T0), default);
            await ((ITaskManifestNumber)store).SaveAsync(42, default);
            new FileIdentityStore(directory, NullLogger<FileIdentityStore>.Instance).Save(Identity);
        }

        using var again = DataDirectory.Take(path);
        using var next = Open(again);
        Assert.Equal(4, (await next.LoadAsync(default)).Length);
    }

    private static SavedIdentity Identity { get; } = new(
        "default", "arn:aws:ecs:eu-central-1:123456789012:container-instance/default/0123456789abcdef0123456789abcdef", "i-0123", "eu-central-1a");

    private static EcsTask Stopped(int number) => Running(number)
        .Apply(new TaskEvent.StopRequested(T0.AddMinutes(1)))
        .Apply(new TaskEvent.ContainerObserved(T0.AddMinutes(2), 0, "app", Ended(137)))
        .Apply(new TaskEvent.ContainerObserved(T0.AddMinutes(2), 0, "db", Ended(0)));

    private static ContainerObservation Ended(int exitCode) =>
        new() { State = ObservedState.Stopped, ExitCode = exitCode, StartedAt = T0, FinishedAt = T0.AddMinutes(2) };

    /// <summary>A task in which no member has its default.</summary>
    private static EcsTask Whole()
    {
        var definition = (TaskDefinition)Filled(typeof(TaskDefinition), "task");
        var container = (EcsContainer)Filled(typeof(EcsContainer), "container");
        return WithResources((EcsTask)Filled(typeof(EcsTask), "task") with
        {
            Definition = definition with
            {
                Volumes = [.. typeof(TaskVolume).GetNestedTypes().Select(kind => (TaskVolume)Filled(kind, "volume"))],
            },
            Containers = [container with { Definition = definition.Containers[0] }],
        });
    }

    private static void RequireRunning(EcsTask task)
    {
        Assert.Equal((EcsTaskStatus.Running, EcsTaskStatus.Running, EcsTaskStatus.Running), (task.Desired, task.Known, task.Sent));
        Assert.Equal(("web", "7", T0), (task.Definition.Family, task.Definition.Version, task.RunningSince));
        Assert.Equal(HostResourceClaim.Held, task.HostResources);
        var app = task.Find("app")!;
        Assert.Equal((ContainerStatus.Running, RuntimeId(1, "app")), (app.Known, app.RuntimeId));
        Assert.Equal(("repo/app:1", "sha256:d", "sha256:image", T0), (app.Definition.Image, app.ImageDigest, app.ImageId, app.StartedAt));
        Assert.Equal([new ContainerDependency("db", DependencyCondition.Start)], app.Definition.DependsOn);
        Assert.Equal([new("PASSWORD", "hunter2-1")], app.Definition.Environment);
        Assert.True(task.Find("db")!.Definition.HasHealthCheck);
    }

    private static void RequireStopped(EcsTask task)
    {
        Assert.Equal((EcsTaskStatus.Stopped, EcsTaskStatus.Stopped, EcsTaskStatus.Running), (task.Desired, task.Known, task.Sent));
        Assert.IsType<StopCause.Requested>(task.StopCause);
        Assert.Equal(T0.AddMinutes(2), task.KnownSince);
        Assert.Equal([0, 137], task.Containers.Select(container => container.ExitCode));
        Assert.Equal(T0.AddMinutes(2), task.Find("app")!.FinishedAt);
    }

    private static void RequireWhole(EcsTask task)
    {
        Assert.Equal(typeof(TaskVolume).GetNestedTypes(), task.Definition.Volumes.Select(volume => volume.GetType()));
        var container = Assert.Single(task.Containers);
        Assert.NotNull(container.Error);
        Assert.NotEmpty(container.NetworkBindings);
        Assert.NotNull(container.FailedDependency);
        Assert.True(container.Definition.RestartPolicy!.Enabled);
    }

    private static SqliteCheckpointStore Open(DataDirectory directory) => new(
        directory, OperatingSystemFiles.Instance, TimeProvider.System, NullLogger<SqliteCheckpointStore>.Instance);
}
