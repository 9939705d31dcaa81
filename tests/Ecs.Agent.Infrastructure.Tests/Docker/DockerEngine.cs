using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Docker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(Ecs.Agent.Infrastructure.Tests.Docker.DockerEngine))]

namespace Ecs.Agent.Infrastructure.Tests.Docker;

/// <summary>
/// A real Docker engine, found by <c>DOCKER_HOST</c>, with the image that <c>ECS_AGENT_TEST_IMAGE</c> names. Every container made through
/// it is removed at the end. Without an engine the tests that need one fail and say what to do.
/// </summary>
public sealed class DockerEngine : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(Options)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddDockerRuntime()
        .BuildServiceProvider();

    private readonly string _run = Guid.NewGuid().ToString("n");
    private readonly List<(string Name, ContainerDefinition Definition)> _created = [];
    private string? _problem;

    public static string Image { get; } = Environment.GetEnvironmentVariable("ECS_AGENT_TEST_IMAGE") ?? "local/busybox:latest";

    internal static AgentOptions Options { get; } = new()
    {
        Region = "us-west-2",
        DockerHost = new Uri(Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host ? host : "unix:///var/run/docker.sock"),
    };

    public IContainerRuntime Runtime => Service<IContainerRuntime>();

    public IImageStore Images => Service<IImageStore>();

    public IHostContainers HostContainers => Service<IHostContainers>();

    public IVolumeStore Volumes => Service<IVolumeStore>();

    public IContainerEvents Events => Service<IContainerEvents>();

    public IContainerLogs Logs => Service<IContainerLogs>();

    /// <summary>A name that no other test uses.</summary>
    public string Unique(string prefix) => prefix + "-" + _run[..8] + "-" + Guid.NewGuid().ToString("n")[..12];

    public async ValueTask InitializeAsync()
    {
        try
        {
            await _services.GetRequiredService<IContainerRuntime>().GetInfoAsync(CancellationToken.None);
            if (await _services.GetRequiredService<IImageStore>().FindAsync(Image, CancellationToken.None) is null)
            {
                _problem = $"These tests need the image {Image} on the engine at {Options.DockerHost}. Load it or name another in ECS_AGENT_TEST_IMAGE.";
            }
        }
        catch (RuntimeException e)
        {
            _problem = $"These tests need a Docker engine at {Options.DockerHost}. Start one (dockerd --host unix:///var/run/docker.sock) "
                + "or name another in DOCKER_HOST. " + e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The last first: Podman keeps a container whose namespaces another one shares.
        foreach (var (name, definition) in _created.AsEnumerable().Reverse())
        {
            var handle = new ContainerHandle(name, definition);
            await _services.GetRequiredService<IContainerRuntime>().StopAsync(handle, TimeSpan.FromSeconds(1), CancellationToken.None);
            await _services.GetRequiredService<IContainerRuntime>().RemoveAsync(handle, CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    internal ContainerCreation Creation(ContainerDefinition container, params TaskVolume[] volumes)
    {
        var creation = Sample.Creation(container with { Image = container.Image == Sample.Container.Image ? Image : container.Image }, volumes) with
        {
            DockerName = Unique("ecs-fam-7-" + container.Name),
            DockerNames = ImmutableDictionary<string, string>.Empty,
        };
        lock (_created)
        {
            _created.Add((creation.DockerName, creation.Container));
        }

        return creation;
    }

    internal async Task<ContainerHandle> CreateAsync(ContainerDefinition container, params TaskVolume[] volumes)
    {
        var creation = Creation(container, volumes);
        return new ContainerHandle(await Runtime.CreateAsync(creation, TestContext.Current.CancellationToken), creation.Container);
    }

    internal T Service<T>()
        where T : notnull
    {
        Assert.True(_problem is null, _problem);
        return _services.GetRequiredService<T>();
    }
}
