using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Networking;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class CreateRequestComposerTests
{
    private const string EcsLabels =
        """
        "com.amazonaws.ecs.task-arn":"arn:aws:ecs:us-west-2:123456789012:task/lab/0123456789abcdef0123456789abcdef",
        "com.amazonaws.ecs.container-name":"app","com.amazonaws.ecs.task-definition-family":"fam",
        "com.amazonaws.ecs.task-definition-version":"7","com.amazonaws.ecs.cluster":"lab"
        """;

    [Fact]
    public void Compose_LeastDefinition_SendsOnlyWhatTheAgentDecides() => AssertJson(
        $$"""
        {"Image":"local/busybox:latest","Labels":{ {{EcsLabels}} },"HostConfig":{"CpuShares":2,"IpcMode":"shareable"} }
        """,
        Compose(Sample.Container));

    [Theory]
    [InlineData(NamespaceMode.Host, NamespaceMode.Host, "host", "host")]
    [InlineData(NamespaceMode.Task, NamespaceMode.Task, "container:pause-id", "container:pause-id")]
    [InlineData(NamespaceMode.Default, NamespaceMode.None, null, "none")]
    [InlineData(NamespaceMode.Default, NamespaceMode.Default, null, "shareable")]
    public void Compose_SharedNamespaces_JoinsThem(NamespaceMode pid, NamespaceMode ipc, string? pidMode, string ipcMode)
    {
        var creation = Sample.Creation(Sample.Container with { DockerConfig = new DockerConfig { HostConfig = "{\"PidMode\":\"x\"}" } });
        creation = creation with { Task = creation.Task with { PidMode = pid, IpcMode = ipc }, NamespacePauseId = "pause-id" };

        var hostConfig = CreateRequestComposer.Compose(creation, [])["HostConfig"]!;

        Assert.Equal((pidMode ?? "x", ipcMode), ((string?)hostConfig["PidMode"], (string?)hostConfig["IpcMode"]));
    }

    [Fact]
    public void Compose_ContainerThatHoldsTheNamespaces_HasItsOwnAndNoNetwork()
    {
        var creation = Sample.Creation(Sample.Container with { Kind = ContainerKind.NamespacePause });
        creation = creation with { Task = creation.Task with { PidMode = NamespaceMode.Task, IpcMode = NamespaceMode.Task } };

        AssertJson(
            "{\"CpuShares\":2,\"NetworkMode\":\"none\",\"IpcMode\":\"shareable\"}",
            CreateRequestComposer.Compose(creation, [])["HostConfig"]!.AsObject());
    }

    [Fact]
    public void Compose_Accelerators_AreAskedFor() => AssertJson(
        """{"CpuShares":2,"Runtime":"nvidia","DeviceRequests":[{"Capabilities":[["gpu"]],"DeviceIDs":["G1"]}],"IpcMode":"shareable"}""",
        CreateRequestComposer.Compose(
            Sample.Creation(Sample.Container) with { Runtime = "nvidia", RequestedGpus = ["G1"] }, [])["HostConfig"]!.AsObject());

    [Fact]
    public void Compose_EverythingOfTheAgents_IsTranslated()
    {
        var container = Sample.Container with
        {
            Command = ["sh", "-c", "exit 0"],
            EntryPoint = ["/bin/env"],
            Environment = new EnvironmentVariables([new("B", ""), new("A", "x=y")]),
            Cpu = 100,
            MemoryMiB = 64,
            Links = ["db", "db:alias"],
            VolumesFrom = [new VolumeFrom("db", ReadOnly: true), new VolumeFrom("db", ReadOnly: false)],
            MountPoints =
            [
                new MountPoint("shared", "/s", ReadOnly: true), new MountPoint("host", "/h", ReadOnly: false),
                new MountPoint("scratch", "/t", ReadOnly: false),
            ],
        };
        var request = CreateRequestComposer.Compose(
            Sample.Creation(
                container,
                new TaskVolume.Host { Name = "host", SourcePath = "/srv" },
                new TaskVolume.TaskScoped { Name = "scratch", DockerName = "ecs-fam-7-scratch-ff" },
                new TaskVolume.Shared { Name = "shared" }),
            [
                new PublishedPort(80, 32768, TransportProtocol.Tcp), new PublishedPort(53, 5353, TransportProtocol.Udp),
                new PublishedPort(80, 8080, TransportProtocol.Tcp),
            ]);

        AssertJson(
            $$"""
            {"Image":"local/busybox:latest","Cmd":["sh","-c","exit 0"],"Entrypoint":["/bin/env"],"Env":["A=x=y","B="],
             "ExposedPorts":{"80/tcp":{},"53/udp":{} },"Labels":{ {{EcsLabels}} },
             "HostConfig":{"Links":["ecs-fam-7-db-aa:db","ecs-fam-7-db-aa:alias"],
              "Binds":["shared:/s:ro","/srv:/h","ecs-fam-7-scratch-ff:/t"],
              "PortBindings":{"80/tcp":[{"HostPort":"32768"},{"HostPort":"8080"}],"53/udp":[{"HostPort":"5353"}]},
              "VolumesFrom":["ecs-fam-7-db-aa:ro","ecs-fam-7-db-aa"],
              "CpuShares":100,"Memory":67108864,"IpcMode":"shareable"} }
            """,
            request);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(1024, 1024)]
    [InlineData(262144, 262144)]
    [InlineData(300000, 262144)]
    public void Compose_Cpu_BecomesSharesWithinBounds(int cpu, int shares) =>
        Assert.Equal(shares, (int)HostConfig(Sample.Container with { Cpu = cpu })["CpuShares"]!);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 4194304L)]
    [InlineData(4, 4194304L)]
    [InlineData(5, 5242880L)]
    [InlineData(4096, 4294967296L)]
    public void Compose_Memory_IsRaisedToFourMiB(int memory, long? bytes) =>
        Assert.Equal(bytes, (long?)HostConfig(Sample.Container with { MemoryMiB = memory })["Memory"]);

    [Theory]
    [InlineData("""{"CpuShares":7}""", """{"CpuShares":7,"IpcMode":"shareable"}""", "a scalar replaces the agent's")]
    [InlineData("""{"cpushares":7}""", """{"CpuShares":7,"IpcMode":"shareable"}""", "whatever its case")]
    [InlineData("""{"CpuShares":null}""", """{"CpuShares":2,"IpcMode":"shareable"}""", "null leaves a scalar")]
    [InlineData("""{"IpcMode":"host"}""", """{"CpuShares":2,"IpcMode":"host"}""", "a given IPC mode stays")]
    [InlineData("""{"ipcMode":""}""", """{"CpuShares":2,"ipcMode":"shareable"}""", "an empty IPC mode is none")]
    [InlineData("null", """{"CpuShares":2,"IpcMode":"shareable"}""", "null as a whole changes nothing")]
    [InlineData(
        """{"Future":{"x":[1,{"Y":null}]},"Init":true}""",
        """{"CpuShares":2,"Future":{"x":[1,{"Y":null}]},"Init":true,"IpcMode":"shareable"}""",
        "unknown members pass through")]
    [InlineData(
        """{"LogConfig":{"Type":"awslogs","Config":{"mode":"non-blocking"}}}""",
        """{"CpuShares":2,"LogConfig":{"Type":"awslogs","Config":{"mode":"non-blocking","max-buffer-size":"10m"}},"IpcMode":"shareable"}""",
        "a non-blocking log gets a bounded buffer")]
    [InlineData(
        """{"LogConfig":{"Type":"awslogs","Config":{"mode":"non-blocking","max-buffer-size":"1m"}}}""",
        """{"CpuShares":2,"LogConfig":{"Type":"awslogs","Config":{"mode":"non-blocking","max-buffer-size":"1m"}},"IpcMode":"shareable"}""",
        "unless it has one")]
    [InlineData(
        """{"LogConfig":{"Type":"a"},"logconfig":{"Config":{"k":"1"}},"LogConfig":{"Config":{"K":"2"}}}""",
        """{"CpuShares":2,"LogConfig":{"Type":"a","Config":{"k":"1","K":"2"}},"IpcMode":"shareable"}""",
        "repeated structures merge, keys of maps keep their case")]
    public void Compose_HostConfig_IsMergedAsGoDecodes(string json, string expected, string rule)
    {
        var merged = HostConfig(Sample.Container with { DockerConfig = new DockerConfig { HostConfig = json } });
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), merged), $"{rule}: {merged.ToJsonString()}");
    }

    [Fact]
    public void Compose_HostConfigArraysAndMaps_ReplaceAndMerge()
    {
        var container = Sample.Container with
        {
            Links = ["db"],
            VolumesFrom = [new VolumeFrom("db", ReadOnly: false)],
            DockerConfig = new DockerConfig
            {
                HostConfig = """{"Links":["other:o"],"VolumesFrom":null,"PortBindings":{"81/tcp":[{"HostPort":"81"}],"80/tcp":[]}}""",
            },
        };
        var hostConfig = (JsonObject)CreateRequestComposer.Compose(
            Sample.Creation(container),
            [new PublishedPort(80, 1, TransportProtocol.Tcp), new PublishedPort(90, 2, TransportProtocol.Tcp)])["HostConfig"]!;

        AssertJson(
            """
            {"Links":["other:o"],"PortBindings":{"80/tcp":[],"90/tcp":[{"HostPort":"2"}],"81/tcp":[{"HostPort":"81"}]},
             "CpuShares":2,"IpcMode":"shareable"}
            """,
            hostConfig);
    }

    [Fact]
    public void Compose_Config_IsMergedAndEcsLabelsWin()
    {
        var container = Sample.Container with
        {
            HasHealthCheck = true,
            Environment = new EnvironmentVariables([new("A", "1")]),
            DockerConfig = new DockerConfig
            {
                Config = """
                {"User":"0","HealthCheck":{"Test":["CMD","true"],"Interval":30000000000},"Env":["B=2"],
                 "labels":{"mine":"yes","com.amazonaws.ecs.cluster":"forged","COM.amazonaws.ecs.cluster":"kept"}}
                """,
            },
        };

        AssertJson(
            $$"""
            {"Image":"local/busybox:latest","Env":["B=2"],"User":"0","HealthCheck":{"Test":["CMD","true"],"Interval":30000000000},
             "labels":{"mine":"yes","COM.amazonaws.ecs.cluster":"kept",{{EcsLabels}} },
             "HostConfig":{"CpuShares":2,"IpcMode":"shareable"} }
            """,
            Compose(container));
    }

    [Theory]
    [InlineData("""{"NetworkMode":"container:abc"}""", false)]
    [InlineData("""{"networkmode":"container:abc"}""", false)]
    [InlineData("""{"NetworkMode":"bridge"}""", true)]
    [InlineData("""{"NetworkMode":"host"}""", true)]
    public void Compose_NetworkOfAnotherContainer_DropsPorts(string hostConfig, bool kept)
    {
        var container = Sample.Container with { DockerConfig = new DockerConfig { HostConfig = hostConfig } };
        var request = CreateRequestComposer.Compose(
            Sample.Creation(container), [new PublishedPort(80, 8080, TransportProtocol.Tcp)]);

        Assert.Equal(kept, request.ContainsKey("ExposedPorts"));
        Assert.Equal(kept, ((JsonObject)request["HostConfig"]!).ContainsKey("PortBindings"));
    }

    [Theory]
    [InlineData("""{"NetworkMode":5}""", "json: cannot unmarshal number into Go struct field HostConfig.NetworkMode of type string")]
    [InlineData("""{"Binds":"/a:/b"}""", "json: cannot unmarshal string into Go struct field HostConfig.Binds of type array")]
    [InlineData("""{"LogConfig":{"Type":[]}}""", "json: cannot unmarshal array into Go struct field HostConfig.LogConfig.Type of type string")]
    [InlineData("""{"Privileged":"yes"}""", "json: cannot unmarshal string into Go struct field HostConfig.Privileged of type bool")]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type container.HostConfig")]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("""{"a":secret}""", "invalid JSON at line 1, byte 6")]
    public void Compose_HostConfigUnreadable_IsHostConfigError(string json, string problem) => AssertError(
        "HostConfigError: Unable to decode given host config: " + problem,
        Sample.Container with { DockerConfig = new DockerConfig { HostConfig = json } });

    [Fact]
    public void Compose_ConfigUnreadable_IsDockerClientConfigError() => AssertError(
        "DockerClientConfigError: Unable decode given docker config: "
        + "json: cannot unmarshal string into Go struct field Config.Healthcheck.Test of type array",
        Sample.Container with { DockerConfig = new DockerConfig { Config = """{"Healthcheck":{"Test":"x"}}""" } });

    [Fact]
    public void Compose_HealthCheckPromisedButAbsent_IsDockerClientConfigError() => AssertError(
        "DockerClientConfigError: docker health check is nil while container health check type is DOCKER",
        Sample.Container with { HasHealthCheck = true });

    [Fact]
    public void Compose_UnknownVolume_IsHostConfigError() => AssertError(
        "HostConfigError: Invalid volume referenced: data",
        Sample.Container with { MountPoints = [new MountPoint("data", "/d", ReadOnly: false)] });

    [Theory]
    [InlineData("", "/d", " -> /d")]
    [InlineData("/srv", "", "/srv -> ")]
    public void Compose_EmptyMountPath_IsHostConfigError(string source, string path, string shown) => AssertError(
        "HostConfigError: Unable to resolve volume mounts; invalid path: app data; " + shown,
        Sample.Container with { MountPoints = [new MountPoint("data", path, ReadOnly: false)] },
        new TaskVolume.Host { Name = "data", SourcePath = source });

    [Fact]
    public void Compose_LinkWithTwoColons_IsHostConfigError() => AssertError(
        "HostConfigError: Invalid link format", Sample.Container with { Links = ["db:a:b"] });

    [Fact]
    public void Compose_LinkToNobody_IsHostConfigError() => AssertError(
        "HostConfigError: Link target not available: gone", Sample.Container with { Links = ["gone:g"] });

    [Fact]
    public void Compose_VolumesFromNobody_IsHostConfigError() => AssertError(
        "HostConfigError: Volume target not available: gone",
        Sample.Container with { VolumesFrom = [new VolumeFrom("gone", ReadOnly: true)] });

    private static JsonObject Compose(ContainerDefinition container) => CreateRequestComposer.Compose(Sample.Creation(container), []);

    private static JsonObject HostConfig(ContainerDefinition container) => (JsonObject)Compose(container)["HostConfig"]!;

    private static void AssertError(string reason, ContainerDefinition container, params TaskVolume[] volumes)
    {
        var error = Assert.Throws<RuntimeException>(
            () => CreateRequestComposer.Compose(Sample.Creation(container, volumes), ImmutableArray<PublishedPort>.Empty));
        Assert.Equal(reason, error.Error.Reason);
        Assert.Equal(RuntimeFailureKind.Permanent, error.Kind);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
