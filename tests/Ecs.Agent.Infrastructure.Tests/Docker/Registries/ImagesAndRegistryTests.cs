using System.Collections.Immutable;
using Ecs.Agent.Application;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.Infrastructure.Tests.Docker.Registries;

/// <summary>
/// The Application with a real registry and the images of a real engine. Its containers are made up: what they would do is not the point.
/// </summary>
public sealed class ImagesAndRegistryTests(DockerEngine docker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FortyTasks_OfEightImages_PullEachOfThemOnce()
    {
        await using var registry = await LocalRegistry.StartAsync(Cancellation);
        var images = await FillAsync(registry, 8);
        var store = new WatchedImageStore(docker.Images);
        try
        {
            await using var agent = await StartAsync(store, new AgentOptions
            {
                Region = "us-west-2",
                ImagePullBehavior = ImagePullBehavior.Once,
                ConcurrentImagePulls = 3,
            });

            var tasks = await RunAsync(agent, [.. Enumerable.Range(0, 40).Select(i => images[i % 8])]);

            Assert.All(tasks, task => Assert.Equal((EcsTaskStatus.Running, null), (task.Known, task.Containers[0].Error)));
            Assert.Equal(images.Order(StringComparer.Ordinal), store.Pulls.Order(StringComparer.Ordinal));
            Assert.InRange(store.MostAtOnce, 1, 3);
            Assert.All(tasks, task => Assert.StartsWith("sha256:", task.Containers[0].ImageDigest, StringComparison.Ordinal));
            Assert.Equal(8, tasks.Select(task => task.Containers[0].ImageId).Distinct().Count());
        }
        finally
        {
            await DeleteAsync(images);
        }
    }

    [Fact]
    public async Task Registry_GoesAwayWhilePullsWait_FailsThoseAndHangsNobody()
    {
        await using var registry = await LocalRegistry.StartAsync(Cancellation);
        var images = await FillAsync(registry, 6);

        // Only the waits between attempts are virtual, so that twenty of them take no time.
        var waits = new FakeTimeProvider();
        await using var engine = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(DockerEngine.Options)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddDockerRuntime()
            .AddSingleton(new DockerRetries(waits, () => 0))
            .BuildServiceProvider();
        var store = new WatchedImageStore(engine.GetRequiredService<IImageStore>())
        {
            BeforePull = before => before == 2 ? registry.KillAsync() : Task.CompletedTask,
        };
        try
        {
            await using var agent = await StartAsync(store, new AgentOptions
            {
                Region = "us-west-2",
                ImagePullBehavior = ImagePullBehavior.Always,
                ConcurrentImagePulls = 1,
            });

            var tasks = await ScriptedDaemon.PassTimeAsync(waits, TimeSpan.FromSeconds(1), RunAsync(agent, images));

            Assert.Equal(2, tasks.Count(task => task.Known == EcsTaskStatus.Running));
            Assert.All(tasks.Where(task => task.Known != EcsTaskStatus.Running), task =>
            {
                Assert.Equal(EcsTaskStatus.Stopped, task.Known);
                Assert.Matches("^CannotPull(Container|ImageManifest)Error: .*connection refused", task.Containers[0].Error?.Reason);
            });
        }
        finally
        {
            await DeleteAsync(images);
        }
    }

    [Fact]
    public async Task Delete_TakesNamesAndWithTheLastOneTheImage()
    {
        await using var registry = await LocalRegistry.StartAsync(Cancellation);
        var first = await registry.AddAsync("app", "1", docker.Unique("content"), Cancellation);
        var digest = await docker.Images.ResolveDigestAsync(first, login: null, Cancellation);
        await docker.Images.PullAsync(first, digest, login: null, progress: null, Cancellation);
        var second = await registry.AddAsync("app", "2", docker.Unique("content"), Cancellation);
        await docker.Images.PullAsync(second, digest: null, login: null, progress: null, Cancellation);

        var local = await docker.Images.FindAsync(first, Cancellation);
        Assert.Equal(["FROM"], local!.EnvironmentNames);
        var listed = Assert.Single(await docker.Images.ListAsync(Cancellation), image => image.Id == local.Id);
        Assert.Equal([first], listed.Tags);
        Assert.Equal(local.SizeBytes, listed.SizeBytes);

        await docker.Images.DeleteAsync(first, Cancellation);
        Assert.Null(await docker.Images.FindAsync(first, Cancellation));
        Assert.DoesNotContain(await docker.Images.ListAsync(Cancellation), image => image.Id == local.Id);
        var gone = await Assert.ThrowsAsync<RuntimeException>(() => docker.Images.DeleteAsync(first, Cancellation));
        Assert.Equal(RuntimeFailureKind.NotFound, gone.Kind);

        await docker.Images.DeleteAsync((await docker.Images.FindAsync(second, Cancellation))!.Id, Cancellation);
        Assert.Null(await docker.Images.FindAsync(second, Cancellation));
    }

    [Fact]
    public async Task Delete_OfTheOldImageBehindAMovedTag_IsByItsId()
    {
        await using var registry = await LocalRegistry.StartAsync(Cancellation);
        var image = await registry.AddAsync("app", "latest", docker.Unique("old"), Cancellation);
        await docker.Images.PullAsync(image, await docker.Images.ResolveDigestAsync(image, null, Cancellation), null, null, Cancellation);
        var old = (await docker.Images.FindAsync(image, Cancellation))!.Id;
        await registry.AddAsync("app", "latest", docker.Unique("new"), Cancellation);
        await docker.Images.PullAsync(image, await docker.Images.ResolveDigestAsync(image, null, Cancellation), null, null, Cancellation);
        Assert.Empty(Assert.Single(await docker.Images.ListAsync(Cancellation), i => i.Id == old).Tags);

        await docker.Images.DeleteAsync(old, Cancellation);

        Assert.DoesNotContain(await docker.Images.ListAsync(Cancellation), i => i.Id == old);
        Assert.NotNull(await docker.Images.FindAsync(image, Cancellation));
        await docker.Images.DeleteAsync(image, Cancellation);
    }

    [Fact]
    public async Task Delete_OfAnImageThatAContainerIsMadeFrom_IsRefused()
    {
        await using var registry = await LocalRegistry.StartAsync(Cancellation);
        var image = await registry.AddAsync("app", "1", docker.Unique("content"), Cancellation);
        await docker.Images.PullAsync(image, digest: null, login: null, progress: null, Cancellation);
        var container = await docker.CreateAsync(Sample.Container with { Image = image, Command = ["/x"] });

        var refused = await Assert.ThrowsAsync<RuntimeException>(() => docker.Images.DeleteAsync(image, Cancellation));

        Assert.Equal(RuntimeFailureKind.Permanent, refused.Kind);
        await docker.HostContainers.DiscardAsync(container.RuntimeId, Cancellation);
        await docker.Images.DeleteAsync(image, Cancellation);
    }

    [Fact]
    public async Task HostContainers_AreListedWithTheirStatesAndEnds()
    {
        var never = await docker.CreateAsync(Sample.Container);
        var ended = await docker.CreateAsync(Sample.Container with { Command = ["true"] });
        await docker.Runtime.StartAsync(ended, Cancellation);
        var observed = await docker.Runtime.StopAsync(ended, TimeSpan.FromSeconds(1), Cancellation);

        var all = (await docker.HostContainers.ListAllAsync(Cancellation)).ToDictionary(c => c.Id);

        var image = (await docker.Images.FindAsync(DockerEngine.Image, Cancellation))!.Id;
        Assert.Equal(("created", image), (all[never.RuntimeId].State, all[never.RuntimeId].ImageId));
        Assert.Equal("exited", all[ended.RuntimeId].State);
        Assert.StartsWith("ecs-fam-7-app-", all[ended.RuntimeId].Name, StringComparison.Ordinal);
        Assert.Equal(observed.CreatedAt!.Value.ToUnixTimeSeconds(), all[ended.RuntimeId].CreatedAt.ToUnixTimeSeconds());
        Assert.Null(await docker.HostContainers.EndedAtAsync(never.RuntimeId, Cancellation));
        Assert.Equal(observed.FinishedAt, await docker.HostContainers.EndedAtAsync(ended.RuntimeId, Cancellation));

        await docker.HostContainers.DiscardAsync(ended.RuntimeId, Cancellation);
        await docker.HostContainers.DiscardAsync(ended.RuntimeId, Cancellation);
        Assert.Null(await docker.HostContainers.EndedAtAsync(ended.RuntimeId, Cancellation));
    }

    [Fact]
    public async Task HostContainers_OneThatRuns_IsNotDiscarded()
    {
        var running = await docker.CreateAsync(Sample.Container with { Command = ["sleep", "60"] });
        await docker.Runtime.StartAsync(running, Cancellation);

        await Assert.ThrowsAsync<RuntimeException>(() => docker.HostContainers.DiscardAsync(running.RuntimeId, Cancellation));

        Assert.Equal(ObservedState.Running, (await docker.Runtime.InspectAsync(running, Cancellation)).State);
    }

    [Fact]
    public async Task Disk_OfTheEngineOverItsSocket_IsMeasured()
    {
        var disk = await docker.Service<IImageDisk>().MeasureAsync(Cancellation);

        Assert.NotNull(disk);
        Assert.InRange(disk.Value.FreeBytes, 1, disk.Value.TotalBytes);
    }

    [Fact]
    public async Task Disk_OfAnEngineElsewhere_IsUnknown()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Silence);

        Assert.Null(await new DockerImageDisk(daemon.Api, daemon.Options, daemon.Time).MeasureAsync(Cancellation));
        Assert.Empty(daemon.Requests);
    }

    private async Task<ImmutableArray<string>> FillAsync(LocalRegistry registry, int count)
    {
        var images = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < count; i++)
        {
            images.Add(await registry.AddAsync($"team/app{i}", "1", docker.Unique("content"), Cancellation));
        }

        return images.ToImmutable();
    }

    private async Task DeleteAsync(ImmutableArray<string> images)
    {
        foreach (var image in images)
        {
            try
            {
                await docker.Images.DeleteAsync(image, CancellationToken.None);
            }
            catch (RuntimeException e) when (e.Kind == RuntimeFailureKind.NotFound)
            {
                // It was never pulled.
            }
        }
    }

    private static async Task<ServiceProvider> StartAsync(IImageStore images, AgentOptions options)
    {
        var containers = new FakeContainerRuntime(TimeProvider.System);
        var tasks = new RecordingTaskObserver();
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IContainerRuntime>(containers)
            .AddSingleton<IContainerEvents>(containers)
            .AddSingleton<IVolumeStore>(containers)
            .AddSingleton<IHostContainers>(containers)
            .AddSingleton<IImageDisk>(containers)
            .AddSingleton(images)
            .AddSingleton<IControlPlane>(new FakeControlPlane())
            .AddSingleton<IIdentifiers>(new SequentialIdentifiers())
            .AddSingleton<IContainerInstanceProfile>(new Machine())
            .AddSingleton<ITaskObserver>(tasks)
            .AddSingleton(tasks)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddEcsAgentApplication(options)
            .BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(Cancellation);
        }

        await services.GetRequiredService<ISender>().Send(new RegisterContainerInstanceCommand(), Cancellation);
        return services;
    }

    /// <summary>One task of each image, until every one of them runs or has stopped.</summary>
    private static async Task<ImmutableArray<EcsTask>> RunAsync(IServiceProvider agent, ImmutableArray<string> images)
    {
        ImmutableArray<TaskDefinition> definitions =
        [
            .. images.Select((image, i) => new TaskDefinition
            {
                Arn = $"arn:aws:ecs:us-west-2:123456789012:task/lab/{i:x32}",
                Family = "fam",
                Version = "7",
                Containers = [new ContainerDefinition { Name = "app", Image = image, Essential = true }],
            }),
        ];
        await agent.GetRequiredService<ISender>().Send(new StartTasksCommand(definitions, []), Cancellation);
        var tasks = ImmutableArray.CreateBuilder<EcsTask>();
        foreach (var definition in definitions)
        {
            tasks.Add(await agent.GetRequiredService<RecordingTaskObserver>().WaitForAsync(
                task => task.Arn == definition.Arn && task.Known >= EcsTaskStatus.Running, Cancellation));
        }

        return tasks.ToImmutable();
    }

    private sealed class Machine : IContainerInstanceProfile
    {
        public Task<ContainerInstanceRegistration> DescribeAsync(
        string clientToken, bool registeredBefore, CancellationToken cancellationToken) => Task.FromResult(
            new ContainerInstanceRegistration { Cluster = "lab", ClientToken = clientToken, Cpu = 100_000, MemoryMiB = 100_000 });
    }
}
