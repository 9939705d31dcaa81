using System.Globalization;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Docker;
using DockerClientBuilder = Docker.DotNet.DockerClientBuilder;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

/// <summary>Against a real engine; what was created is looked at through an independent client.</summary>
public sealed class DockerContainerRuntimeTests(DockerEngine engine)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ContainerDefinition Sleeper => Sample.Container with { Command = ["sleep", "600"], DockerConfig = NoNetwork };

    private static DockerConfig NoNetwork => new() { HostConfig = """{"NetworkMode":"none"}""" };

    [Fact]
    public async Task GetInfo_RealEngine_NegotiatesAVersionItSpeaks()
    {
        var info = await engine.Runtime.GetInfoAsync(Cancellation);

        Assert.NotEmpty(info.ServerVersion);
        Assert.InRange(Version.Parse(info.ApiVersion), DockerApiVersion.Oldest, DockerApiVersion.Newest);
        Assert.Contains("1.25", info.SupportedApiVersions);
    }

    [Fact]
    public async Task Lifecycle_ExitingContainer_IsCreatedStartedObservedAndRemoved()
    {
        var container = await engine.CreateAsync(Sample.Container with { Command = ["sh", "-c", "exit 7"], DockerConfig = NoNetwork });
        Assert.Equal(64, container.RuntimeId.Length);
        var created = await engine.Runtime.InspectAsync(container, Cancellation);
        Assert.Equal((ObservedState.Created, null, null), (created.State, created.ExitCode, created.StartedAt));

        var started = await engine.Runtime.StartAsync(container, Cancellation);
        Assert.Equal(container.RuntimeId, started.RuntimeId);
        Assert.NotNull(started.StartedAt);
        var ended = await UntilAsync(container, observed => observed.State is ObservedState.Stopped);
        Assert.Equal((7, null), (ended.ExitCode, ended.Error));
        Assert.True(ended.StartedAt > created.CreatedAt);
        Assert.NotNull(ended.FinishedAt);

        await engine.Runtime.RemoveAsync(container, Cancellation);
        Assert.Equal(ObservedState.Missing, (await engine.Runtime.InspectAsync(container, Cancellation)).State);
    }

    [Fact]
    public async Task EveryOperation_Repeated_IsSuccess()
    {
        var container = await engine.CreateAsync(Sleeper);
        Assert.Equal(ObservedState.Running, (await engine.Runtime.StartAsync(container, Cancellation)).State);
        Assert.Equal(ObservedState.Running, (await engine.Runtime.StartAsync(container, Cancellation)).State);

        Assert.Equal(ObservedState.Stopped, (await engine.Runtime.StopAsync(container, Grace, Cancellation)).State);
        var again = await engine.Runtime.StopAsync(container, Grace, Cancellation);
        Assert.Equal((ObservedState.Stopped, 137), (again.State, again.ExitCode));

        await engine.Runtime.RemoveAsync(container, Cancellation);
        await engine.Runtime.RemoveAsync(container, Cancellation);
        Assert.Equal(ObservedState.Missing, (await engine.Runtime.StopAsync(container, Grace, Cancellation)).State);
    }

    [Fact]
    public async Task Stop_ContainerThatHeedsTerm_Ends143BeforeTheGraceIsOver()
    {
        var container = await engine.CreateAsync(Sample.Container with
        {
            Command = ["sh", "-c", "trap 'exit 143' TERM; while :; do sleep 0.05; done"],
            DockerConfig = NoNetwork,
        });
        await engine.Runtime.StartAsync(container, Cancellation);
        var since = TimeProvider.System.GetTimestamp();

        Assert.Equal(143, (await engine.Runtime.StopAsync(container, TimeSpan.FromSeconds(60), Cancellation)).ExitCode);
        Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task Create_NameOfTheSameContainer_IsAdopted()
    {
        var creation = engine.Creation(Sleeper);
        var first = await engine.Runtime.CreateAsync(creation, Cancellation);

        Assert.Equal(first, await engine.Runtime.CreateAsync(creation, Cancellation));
    }

    [Fact]
    public async Task Create_NameOfAnotherContainer_IsRefused()
    {
        var creation = engine.Creation(Sleeper);
        await engine.Runtime.CreateAsync(creation, Cancellation);
        var other = creation with { Task = creation.Task with { Arn = creation.Task.Arn + "0" } };

        var refused = await Assert.ThrowsAsync<RuntimeException>(() => engine.Runtime.CreateAsync(other, Cancellation));
        Assert.Equal((ContainerErrorNames.CannotCreateContainer, RuntimeFailureKind.Permanent), (refused.Error.Name, refused.Kind));
        Assert.StartsWith("Error response from daemon: Conflict. The container name ", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ImageNotHere_IsNotFound()
    {
        var refused = await Assert.ThrowsAsync<RuntimeException>(
            () => engine.CreateAsync(Sample.Container with { Image = "local/nosuch:1" }));

        Assert.Equal("CannotCreateContainerError: Error response from daemon: No such image: local/nosuch:1", refused.Error.Reason);
        Assert.Equal(RuntimeFailureKind.NotFound, refused.Kind);
    }

    [Fact]
    public async Task Create_MemberThatDockerRefuses_CarriesItsWords()
    {
        var refused = await Assert.ThrowsAsync<RuntimeException>(() => engine.CreateAsync(
            Sample.Container with { DockerConfig = new DockerConfig { HostConfig = """{"CapAdd":["CAP_NO_SUCH_CAP"]}""" } }));

        Assert.Equal(
            "CannotCreateContainerError: Error response from daemon: invalid CapAdd: unknown capability: \"CAP_NO_SUCH_CAP\"",
            refused.Error.Reason);
    }

    [Fact]
    public async Task Start_CommandThatDoesNotExist_FailsAndLeavesADeadContainer()
    {
        var container = await engine.CreateAsync(Sample.Container with { Command = ["/no/such"], DockerConfig = NoNetwork });

        var refused = await Assert.ThrowsAsync<RuntimeException>(() => engine.Runtime.StartAsync(container, Cancellation));
        Assert.Equal(ContainerErrorNames.CannotStartContainer, refused.Error.Name);
        Assert.Contains("/no/such", refused.Error.Message, StringComparison.Ordinal);
        var observed = await engine.Runtime.InspectAsync(container, Cancellation);
        Assert.Equal((ObservedState.Stopped, null, ContainerErrorNames.DockerState), (observed.State, observed.ExitCode, observed.Error?.Name));
    }

    [Fact]
    public async Task Start_ContainerThatIsGone_IsNotFound()
    {
        var refused = await Assert.ThrowsAsync<RuntimeException>(
            () => engine.Runtime.StartAsync(new ContainerHandle(engine.Unique("gone"), Sample.Container), Cancellation));

        Assert.Equal((ContainerErrorNames.CannotStartContainer, RuntimeFailureKind.NotFound), (refused.Error.Name, refused.Kind));
    }

    [Fact]
    public async Task Remove_RunningContainer_IsRefused()
    {
        var container = await engine.CreateAsync(Sleeper);
        await engine.Runtime.StartAsync(container, Cancellation);

        var refused = await Assert.ThrowsAsync<RuntimeException>(() => engine.Runtime.RemoveAsync(container, Cancellation));
        Assert.Equal((ContainerErrorNames.CannotRemoveContainer, RuntimeFailureKind.Permanent), (refused.Error.Name, refused.Kind));
    }

    [Fact]
    public async Task Create_FullDefinition_ArrivesInDocker()
    {
        var creation = engine.Creation(
            Sample.Container with
            {
                Command = ["sleep", "600"],
                Cpu = 128,
                MemoryMiB = 32,
                Environment = new EnvironmentVariables([new("GREETING", "h\u00e9llo = world")]),
                MountPoints = [new MountPoint("tmp", "/mnt", ReadOnly: true)],
                PortMappings = [new PortMapping { ContainerPort = 80 }],
                DockerConfig = new DockerConfig
                {
                    Config = """{"User":"0","Labels":{"mine":"yes"},"StopSignal":"SIGINT"}""",
                    HostConfig = """{"Init":true,"Ulimits":[{"Name":"nofile","Soft":100,"Hard":200}],"ReadonlyRootfs":true}""",
                },
            },
            new TaskVolume.Host { Name = "tmp", SourcePath = "/tmp" });
        var id = await engine.Runtime.CreateAsync(creation, Cancellation);

        using var witness = new DockerClientBuilder().WithEndpoint(DockerEngine.Options.DockerHost).Build();
        var seen = await witness.Containers.InspectContainerAsync(id, Cancellation);
        Assert.Equal("/" + creation.DockerName, seen.Name);
        Assert.Equal(["sleep", "600"], seen.Config!.Cmd);
        Assert.Contains("GREETING=h\u00e9llo = world", seen.Config!.Env);
        Assert.Equal(("0", "SIGINT", "yes"), (seen.Config!.User, seen.Config!.StopSignal, seen.Config!.Labels?["mine"]));
        Assert.Equal("app", seen.Config!.Labels?[ContainerLabels.ContainerName]);
        Assert.Equal((128, 33554432, "shareable"), (seen.HostConfig!.CPUShares, seen.HostConfig!.Memory, seen.HostConfig!.IpcMode));
        Assert.Equal((true, true, 200), (seen.HostConfig!.Init, seen.HostConfig!.ReadonlyRootfs, seen.HostConfig!.Ulimits![0].Hard));
        Assert.Equal(["/tmp:/mnt:ro"], seen.HostConfig!.Binds);
        Assert.InRange(int.Parse(seen.HostConfig!.PortBindings!["80/tcp"]![0].HostPort, CultureInfo.InvariantCulture), 1, 65535);
    }

    [Fact]
    public async Task Start_PortsAndRanges_AreObservedAsBindings()
    {
        var container = await engine.CreateAsync(Sample.Container with
        {
            Command = ["sleep", "600"],
            PortMappings =
            [
                new PortMapping { ContainerPort = 80 },
                new PortMapping { ContainerPort = 53, Protocol = TransportProtocol.Udp },
                new PortMapping { ContainerPortRange = "9000-9002" },
            ],
        });

        var bindings = (await engine.Runtime.StartAsync(container, Cancellation)).NetworkBindings;
        Assert.Equal([53, 80, null], bindings.Select(binding => binding.ContainerPort));
        Assert.All(bindings, binding => Assert.Equal("0.0.0.0", binding.BindIp));
        Assert.Equal("9000-9002", bindings[2].ContainerPortRange);
        var hosts = bindings[2].HostPortRange!.Split('-').Select(port => int.Parse(port, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, hosts[1] - hosts[0]);
    }

    [Fact]
    public async Task CreateAndStart_ManyAtOnce_GiveEveryContainerItsOwnPort()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var container = await engine.CreateAsync(
                Sample.Container with { Command = ["sleep", "600"], PortMappings = [new PortMapping { ContainerPort = 80 }] });
            return await engine.Runtime.StartAsync(container, Cancellation);
        }));

        Assert.Equal(6, started.Select(observed => observed.NetworkBindings.Single().HostPort).Distinct().Count());
    }

    [Fact]
    public async Task Inspect_HealthChecked_SaysHealthy()
    {
        var container = await engine.CreateAsync(Sample.Container with
        {
            Command = ["sleep", "600"],
            HasHealthCheck = true,
            DockerConfig = NoNetwork with { Config = """{"HealthCheck":{"Test":["CMD","true"],"Interval":100000000}}""" },
        });
        Assert.Equal(HealthStatus.Unknown, (await engine.Runtime.StartAsync(container, Cancellation)).Health);

        await UntilAsync(container, observed => observed.Health is HealthStatus.Healthy);
    }

    [Fact]
    public async Task Create_Cancelled_IsACancellation() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => engine.Runtime.CreateAsync(engine.Creation(Sleeper), new CancellationToken(canceled: true)));

    private async Task<ContainerObservation> UntilAsync(ContainerHandle container, Func<ContainerObservation, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var observed = await engine.Runtime.InspectAsync(container, patience.Token);
            if (reached(observed))
            {
                return observed;
            }
        }
    }
}
