using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.Protocol.Acs;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

public sealed class PayloadTranslatorTests
{
    private const string Cluster = "arn:aws:ecs:eu-test-1:111122223333:cluster/lab";

    [Fact]
    public void Translate_Task_CarriesIdentityAndSizes()
    {
        var task = Translate(Definitions.One("\"memory\":64",
            "\"cpu\":\"512\",\"memory\":\"1 GB\",\"pidMode\":\"host\",\"ipcMode\":\"task\",\"enableFaultInjection\":true"));

        Assert.Equal(
            ("arn:aws:ecs:eu-test-1:111122223333:task/lab/5d0a77e1", Cluster, "111122223333", "shop", "9", "RUNNING", "EC2"),
            (task.Arn, task.TaskClusterArn, task.TaskDefinitionAccountId, task.Family, task.Version, task.DesiredStatus, task.LaunchType));
        Assert.Equal((0.5, 1024, "bridge", "host", "task", true),
            (task.Cpu, task.Memory, task.NetworkMode, task.PidMode, task.IpcMode, task.EnableFaultInjection));
        Assert.Equal(("service:shop", "shop", "{}"), (task.Group, task.ServiceName, task.Overrides));
    }

    [Fact]
    public void Translate_TaskWithoutSizes_SendsNone()
    {
        var task = Translate(Definitions.One("\"memory\":64"));

        Assert.Null(task.Cpu);
        Assert.Null(task.Memory);
        Assert.Null(task.ProxyConfiguration);
        Assert.Null(task.Attachments);
    }

    [Fact]
    public void Translate_MinimalContainer_SendsDefaultsAndNothingElse()
    {
        var container = Container("\"memory\":64");

        AssertJson(
            """
            {"containerArn":"c0","cpu":0,"dockerConfig":{"hostConfig":"{\u0022NetworkMode\u0022:\u0022bridge\u0022}","version":"1.17"},
              "environment":{"AWS_EXECUTION_ENV":"AWS_ECS_EC2"},"essential":true,"image":"busybox","memory":64,"name":"web",
                "overrides":"{\u0022command\u0022:null}"}
            """,
            JsonSerializer.Serialize(container, AcsJsonContext.Default.AcsContainer));
    }

    [Fact]
    public void Translate_FirstClassMembers_StayMembers()
    {
        var container = Container("""
            "cpu":10,"memory":64,"essential":false,"command":["a"],"entryPoint":["b"],"environment":[{"name":"K","value":"1"},{"name":"K",
              "value":"2"},{"name":"E"}],
            "environmentFiles":[{"type":"s3","value":"arn:aws:s3:::b/k.env"}],"links":["web2:db"],"startTimeout":5,"stopTimeout":6,
            "portMappings":[{"containerPort":80},{"containerPort":53,"hostPort":5353,"protocol":"udp"},{"containerPortRange":"90-91"}],
            "mountPoints":[{"sourceVolume":"v","containerPath":"/v"}],"volumesFrom":[{"sourceContainer":"x","readOnly":true}],
            "dependsOn":[{"containerName":"x","condition":"START"}],"restartPolicy":{"enabled":true,"ignoredExitCodes":[0],
              "restartAttemptPeriod":60},
            "firelensConfiguration":{"type":"fluentbit","options":{"enable-ecs-log-metadata":"true"}},"credentialSpecs":["credentialspec:x"]
            """);

        Assert.Equal((10, 64, false, 5, 6),
            (container.Cpu, container.Memory, container.Essential, container.StartTimeout, container.StopTimeout));
        Assert.Equal(["a"], container.Command!);
        Assert.Equal(["b"], container.EntryPoint!);
        Assert.Equal(("2", ""), (container.Environment!["K"], container.Environment["E"]));
        Assert.Equal(("s3", "arn:aws:s3:::b/k.env"), (container.EnvironmentFiles![0].Type, container.EnvironmentFiles[0].Value));
        Assert.Equal(["web2:db"], container.Links!);
        Assert.Equal(
            [(80, 0, "tcp", null), (53, 5353, "udp", null), (null, null, "tcp", "90-91")],
            container.PortMappings!.Select(p => (p.ContainerPort, p.HostPort, p.Protocol, p.ContainerPortRange)));
        Assert.Equal(("v", "/v", false),
            (container.MountPoints![0].SourceVolume, container.MountPoints[0].ContainerPath, container.MountPoints[0].ReadOnly));
        Assert.Equal(("x", true), (container.VolumesFrom![0].SourceContainer, container.VolumesFrom[0].ReadOnly));
        Assert.Equal(("x", "START"), (container.DependsOn![0].ContainerName, container.DependsOn[0].Condition));
        Assert.Equal((true, 60, 0), (container.RestartPolicy!.Enabled, container.RestartPolicy.RestartAttemptPeriod,
            container.RestartPolicy.IgnoredExitCodes![0]));
        Assert.Equal(("fluentbit", "true"),
            (container.FirelensConfiguration!.Type, container.FirelensConfiguration.Options!["enable-ecs-log-metadata"]));
        Assert.Equal(["credentialspec:x"], container.CredentialSpecs!);
    }

    [Theory]
    [InlineData("\"hostname\":\"h\"", """{"Hostname":"h"}""")]
    [InlineData("\"user\":\"0:0\"", """{"User":"0:0"}""")]
    [InlineData("\"workingDirectory\":\"/w\"", """{"WorkingDir":"/w"}""")]
    [InlineData("\"disableNetworking\":true", """{"NetworkDisabled":true}""")]
    [InlineData("\"interactive\":true,\"pseudoTerminal\":true", """{"OpenStdin":true,"Tty":true}""")]
    [InlineData("\"dockerLabels\":{\"a\":\"ü<b>\"}", """{"Labels":{"a":"ü<b>"}}""")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD-SHELL\",\"true\"]}",
        """{"Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":30000000000,"Timeout":5000000000,"Retries":3}}""")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD\",\"x\"],\"interval\":10,\"timeout\":2,\"retries\":4,\"startPeriod\":7}",
        """{"Healthcheck":{"Test":["CMD","x"],"Interval":10000000000,"Timeout":2000000000,"Retries":4,"StartPeriod":7000000000}}""")]
    public void Translate_ContainerSettings_BecomeDockerConfig(string members, string config) =>
        Assert.Equal(config, Container($"\"memory\":64,{members}").DockerConfig!.Config);

    [Theory]
    [InlineData("\"privileged\":true", """{"Privileged":true}""")]
    [InlineData("\"readonlyRootFilesystem\":false", """{"ReadonlyRootfs":false}""")]
    [InlineData("\"dnsServers\":[\"1.1.1.1\"],\"dnsSearchDomains\":[\"a.b\"]", """{"Dns":["1.1.1.1"],"DnsSearch":["a.b"]}""")]
    [InlineData("\"extraHosts\":[{\"hostname\":\"h\",\"ipAddress\":\"1.2.3.4\"}]", """{"ExtraHosts":["h:1.2.3.4"]}""")]
    [InlineData("\"dockerSecurityOptions\":[\"no-new-privileges\"]", """{"SecurityOpt":["no-new-privileges"]}""")]
    [InlineData("\"memoryReservation\":32", """{"MemoryReservation":33554432}""")]
    [InlineData("\"ulimits\":[{\"name\":\"nofile\",\"softLimit\":1,\"hardLimit\":2}]",
        """{"Ulimits":[{"Name":"nofile","Soft":1,"Hard":2}]}""")]
    [InlineData("\"systemControls\":[{\"namespace\":\"net.core.somaxconn\",\"value\":\"9\"}]",
        """{"Sysctls":{"net.core.somaxconn":"9"}}""")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"json-file\",\"options\":{\"max-size\":\"5m\"}}",
        """{"LogConfig":{"Type":"json-file","Config":{"max-size":"5m"}}}""")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"awslogs\",\"options\":{\"awslogs-stream-prefix\":\"p\",\"awslogs-group\":\"g\"}}",
        """{"LogConfig":{"Type":"awslogs","Config":{"awslogs-group":"g","awslogs-stream":"p/web/5d0a77e1"}}}""")]
    [InlineData("\"linuxParameters\":{\"capabilities\":{\"add\":[\"NET_ADMIN\"],\"drop\":[]}}", """{"CapAdd":["NET_ADMIN"]}""")]
    [InlineData(
        "\"linuxParameters\":{\"devices\":[{\"hostPath\":\"/dev/a\"},{\"hostPath\":\"/dev/b\",\"containerPath\":\"/dev/c\","
            + "\"permissions\":[\"read\",\"mknod\"]}]}",
        """
        {"Devices":[{"PathOnHost":"/dev/a","PathInContainer":"/dev/a","CgroupPermissions":"rwm"},
                    {"PathOnHost":"/dev/b","PathInContainer":"/dev/c","CgroupPermissions":"rm"}]}
        """)]
    [InlineData("\"linuxParameters\":{\"initProcessEnabled\":true,\"sharedMemorySize\":100}", """{"Init":true,"ShmSize":104857600}""")]
    [InlineData("\"linuxParameters\":{\"tmpfs\":[{\"containerPath\":\"/t\",\"size\":100,\"mountOptions\":[\"ro\",\"noexec\"]}]}",
        """{"Tmpfs":{"/t":"ro,noexec,size=104857600"}}""")]
    [InlineData("\"linuxParameters\":{\"maxSwap\":512,\"swappiness\":60}", """{"MemorySwap":603979776,"MemorySwappiness":60}""")]
    [InlineData("\"linuxParameters\":{\"maxSwap\":0}", """{"MemorySwap":67108864}""")]
    [InlineData("\"linuxParameters\":{\"swappiness\":60}", "{}")]
    public void Translate_HostSettings_BecomeDockerHostConfig(string members, string expected)
    {
        var host = JsonNode.Parse(Container($"\"memory\":64,{members}").DockerConfig!.HostConfig!)!.AsObject();

        Assert.Equal("bridge", host["NetworkMode"]!.GetValue<string>());
        host.Remove("NetworkMode");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), host), $"found {host.ToJsonString()}");
    }

    [Fact]
    public void Translate_MaxSwapWithoutMemory_SendsNoMemorySwap() =>
        Assert.DoesNotContain("MemorySwap\"", Container("\"linuxParameters\":{\"maxSwap\":512}").DockerConfig!.HostConfig,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("", "1.17")]
    [InlineData("\"memoryReservation\":32", "1.21")]
    [InlineData("\"linuxParameters\":{\"initProcessEnabled\":true}", "1.25")]
    [InlineData("\"linuxParameters\":{\"initProcessEnabled\":true},\"healthCheck\":{\"command\":[\"CMD\",\"x\"],\"startPeriod\":1}",
        "1.29")]
    public void Translate_Version_IsTheHighestThatAFeatureNeeds(string members, string version) =>
        Assert.Equal(version, Container(members.Length == 0 ? "\"memory\":64" : $"\"memory\":64,{members}").DockerConfig!.Version);

    [Fact]
    public void Translate_HealthCheck_IsOfTypeDocker() =>
        Assert.Equal("docker", Container("\"memory\":64,\"healthCheck\":{\"command\":[\"CMD\",\"x\"]}").HealthCheckType);

    [Fact]
    public void Translate_Secrets_NameProviderRegionAndTarget()
    {
        var container = Container("""
            "secrets":[{"name":"A","valueFrom":"arn:aws:secretsmanager:us-west-2:1:secret:s:key::"},{"name":"B",
              "valueFrom":"arn:aws:ssm:us-east-1:1:parameter/p"},
                       {"name":"C","valueFrom":"plain.name"}],
            "logConfiguration":{"logDriver":"splunk","secretOptions":[{"name":"splunk-token","valueFrom":"t"}]}
            """);

        Assert.Equal(
        [
            ("A", "asm", "us-west-2", "ENVIRONMENT_VARIABLE", "CONTAINER"),
            ("B", "ssm", "us-east-1", "ENVIRONMENT_VARIABLE", "CONTAINER"),
            ("C", "ssm", "eu-test-1", "ENVIRONMENT_VARIABLE", "CONTAINER"),
            ("splunk-token", "ssm", "eu-test-1", "BOOTSTRAP", "LOG_DRIVER"),
        ], container.Secrets!.Select(s => (s.Name, s.Provider, s.Region, s.Type, s.Target)));
    }

    [Fact]
    public void Translate_EcrImage_AuthenticatesWithTheExecutionRole()
    {
        var task = Translate(Definitions.Request("""
            {"family":"f","executionRoleArn":"r","containerDefinitions":[{"name":"a","memory":64,
              "image":"123456789012.dkr.ecr.us-west-2.amazonaws.com/x:1","logConfiguration":{"logDriver":"awslogs"}}]}
            """));

        var authentication = task.Containers![0].RegistryAuthentication!;
        Assert.Equal(("ecr", "123456789012", "us-west-2", true),
            (authentication.Type, authentication.EcrAuthData!.RegistryId, authentication.EcrAuthData.Region,
                authentication.EcrAuthData.UseExecutionRole));
        Assert.Equal("ExecutionRole", task.Containers[0].LogsAuthStrategy);
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.us-west-2.amazonaws.com/x", "us-west-2")]
    [InlineData("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a/b@sha256:0", "us-gov-west-1")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/x:1", "cn-north-1")]
    [InlineData("123456789012.dkr-ecr.eu-west-1.on.aws/x:1", "eu-west-1")]
    [InlineData("123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/x:1", "cn-north-1")]
    [InlineData("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/x:1", "eusc-de-east-1")]
    [InlineData("123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov/x:1", "us-iso-east-1")]
    [InlineData("123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov/x:1", "us-isob-east-1")]
    [InlineData("public.ecr.aws/docker/library/busybox", null)]
    [InlineData("1234.dkr.ecr.us-west-2.amazonaws.com/x", null)]
    [InlineData("example.com/123456789012.dkr.ecr.us-west-2.amazonaws.com/x", null)]
    [InlineData("123456789012.dkr.ecr.us-west-2.amazonaws.com.example.com/x", null)]
    public void Translate_ImageInARegistry_AuthenticatesWithEcrOnlyWhereItIsEcr(string image, string? region)
    {
        var definition = Definitions.Register(Definitions.One("\"memory\":64"));
        var task = PayloadTranslator.Translate(Payload(definition with
        {
            ContainerDefinitions = [definition.ContainerDefinitions![0] with { Image = image }],
        }));

        Assert.Equal(region, task.Containers![0].RegistryAuthentication?.EcrAuthData?.Region);
    }

    [Fact]
    public void Translate_Gpus_BecomeAssociationsWithOneContainerEach()
    {
        var task = PayloadTranslator.Translate(Payload(Definitions.Register(Definitions.One("\"memory\":64"))) with
        {
            Gpus = [new GpuAssignment("GPU-1", "web"), new GpuAssignment("GPU-2", "web")],
        });

        AssertJson(
            """[{"containers":["web"],"name":"GPU-1","type":"gpu"},{"containers":["web"],"name":"GPU-2","type":"gpu"}]""",
            JsonSerializer.SerializeToNode(task, AcsJsonContext.Default.AcsTask)!["associations"]!.ToJsonString());
        Assert.Null(Translate(Definitions.One("\"memory\":64")).Associations);
    }

    [Fact]
    public void Translate_RepositoryCredentials_AuthenticateWithSecretsManager()
    {
        var authentication = Container(
            "\"repositoryCredentials\":{\"credentialsParameter\":\"arn:aws:secretsmanager:us-west-2:1:secret:s\"}").RegistryAuthentication!;

        Assert.Equal(("asm", "us-west-2"), (authentication.Type, authentication.AsmAuthData!.Region));
    }

    [Fact]
    public void Translate_Volumes_AreTyped()
    {
        var task = Translate(Definitions.One("\"memory\":64", """
            "volumes":[{"name":"empty"},{"name":"bind","host":{"sourcePath":"/srv"}},
              {"name":"docker","dockerVolumeConfiguration":{"scope":"shared","autoprovision":true,"driver":"d","driverOpts":{"a":"b"},
                "labels":{"c":"d"}}},
              {"name":"efs","efsVolumeConfiguration":{"fileSystemId":"fs-1","rootDirectory":"/r","transitEncryption":"ENABLED",
                "transitEncryptionPort":9,
                "authorizationConfig":{"accessPointId":"p","iam":"ENABLED"}}},
              {"name":"fsx","fsxWindowsFileServerVolumeConfiguration":{"fileSystemId":"fs-2","rootDirectory":"r",
                "authorizationConfig":{"credentialsParameter":"c","domain":"d"}}},
              {"name":"s3","s3filesVolumeConfiguration":{"fileSystemArn":"arn:aws:s3files:r:1:file-system/fs-3",
                "accessPointArn":"arn:x/ap-1","transitEncryptionPort":5}},
              {"name":"ebs","configuredAtLaunch":true}]
            """));

        AssertJson(
            """
            [{"host":{},"name":"empty","type":"host"},{"host":{"sourcePath":"/srv"},"name":"bind","type":"host"},
              {"dockerVolumeConfiguration":{"autoprovision":true,"driver":"d","driverOpts":{"a":"b"},"labels":{"c":"d"},"scope":"shared"},
                "name":"docker","type":"docker"},{"efsVolumeConfiguration":{"authorizationConfig":{"accessPointId":"p","iam":"ENABLED"},
                  "fileSystemId":"fs-1","rootDirectory":"/r","transitEncryption":"ENABLED","transitEncryptionPort":9},"name":"efs",
                    "type":"efs"},{"fsxWindowsFileServerVolumeConfiguration":{"authorizationConfig":{"credentialsParameter":"c",
                      "domain":"d"},"fileSystemId":"fs-2","rootDirectory":"r"},"name":"fsx","type":"fsxWindowsFileServer"},{"name":"s3",
                        "type":"attachment"},{"name":"ebs","type":"attachment"}]
            """,
            JsonSerializer.SerializeToNode(task, AcsJsonContext.Default.AcsTask)!["volumes"]!.ToJsonString());
        var attachment = Assert.Single(task.Attachments!);
        Assert.Equal("s3files", attachment.AttachmentType);
        Assert.Equal(
            ["volumeId=fs-3", "volumeName=s3", "s3FilesTransitEncryptionPort=5", "s3FilesAccessPointId=ap-1"],
            attachment.AttachmentProperties!.Select(p => $"{p.Name}={p.Value}"));
    }

    [Fact]
    public void Translate_Overrides_AreMergedSaveTheCommand()
    {
        var overrides = new TaskOverride
        {
            Cpu = "1 vCPU",
            Memory = "2048",
            ContainerOverrides =
            [
                new ContainerOverride
                {
                    Name = "web",
                    Command = ["migrate", "--once"],
                    Cpu = 7,
                    Memory = 128,
                    MemoryReservation = 100,
                    Environment = [new NameValuePair { Name = "A", Value = "new" }, new NameValuePair { Name = "B", Value = "b" }],
                },
            ],
        };

        var task = Translate(
            Definitions.One(
                "\"command\":[\"serve\"],\"environment\":[{\"name\":\"A\",\"value\":\"old\"}],\"linuxParameters\":{\"maxSwap\":1}",
                    "\"memory\":\"512\""), overrides);

        var container = task.Containers![0];
        Assert.Equal((1.0, 2048, 7, 128), (task.Cpu, task.Memory, container.Cpu, container.Memory));
        Assert.Equal(["serve"], container.Command!);
        Assert.Equal("""{"command":["migrate","--once"]}""", container.Overrides);
        Assert.Equal(("new", "b"), (container.Environment!["A"], container.Environment["B"]));
        Assert.Equal("""{"NetworkMode":"bridge","MemoryReservation":104857600,"MemorySwap":135266304}""",
            container.DockerConfig!.HostConfig);
    }

    [Fact]
    public void Translate_OverridesForOtherContainers_ChangeNothing()
    {
        var overrides = new TaskOverride { ContainerOverrides = [new ContainerOverride { Name = "other", Cpu = 7 }] };

        var container = Translate(Definitions.One("\"memory\":64"), overrides).Containers![0];

        Assert.Equal((0, """{"command":null}"""), (container.Cpu, container.Overrides));
    }

    [Fact]
    public void Translate_ExecutionEnvironmentOfTheDefinition_Stands() =>
        Assert.Equal("mine", Container("\"environment\":[{\"name\":\"AWS_EXECUTION_ENV\",\"value\":\"mine\"}]")
            .Environment!["AWS_EXECUTION_ENV"]);

    [Fact]
    public void Translate_AwsVpc_CarriesNoPortMappings() =>
        Assert.Null(Translate(Definitions.One("\"portMappings\":[{\"containerPort\":80}]", "\"networkMode\":\"awsvpc\""))
            .Containers![0].PortMappings);

    [Fact]
    public void Translate_Proxy_BecomesAMap()
    {
        var proxy = Translate(
            Definitions.One("",
                "\"proxyConfiguration\":{\"containerName\":\"web\",\"properties\":[{\"name\":\"IgnoredUID\",\"value\":\"1337\"}]}"))
                    .ProxyConfiguration!;

        Assert.Equal(("APPMESH", "web", "1337"), (proxy.Type, proxy.ContainerName, proxy.Properties!["IgnoredUID"]));
    }

    [Fact]
    public void Translate_TooFewContainerArns_IsRefused()
    {
        var request = Payload(Definitions.Register(Definitions.One("\"memory\":64"))) with { ContainerArns = [] };

        Assert.Throws<ArgumentException>(() => PayloadTranslator.Translate(request));
    }

    public static IEnumerable<TheoryDataRow<string>> Valid => Corpus.Files("valid").Select(file => new TheoryDataRow<string>(file));

    [Theory]
    [MemberData(nameof(Valid))]
    public void Translate_Corpus_SurvivesTheWire(string file)
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Corpus.Request(file)));
        var task = PayloadTranslator.Translate(Payload(adaptation.Definition));

        var sent = JsonSerializer.Serialize(task, AcsJsonContext.Default.AcsTask);
        var received = JsonSerializer.Deserialize(sent, AcsJsonContext.Default.AcsTask)!;

        Assert.Equal(sent, JsonSerializer.Serialize(received, AcsJsonContext.Default.AcsTask));
        Assert.NotEqual("awsvpc", received.NetworkMode);
        Assert.All(received.Containers!, container =>
        {
            Assert.Equal(received.NetworkMode, JsonNode.Parse(container.DockerConfig!.HostConfig!)!["NetworkMode"]!.GetValue<string>());
            Assert.True(container.DockerConfig.Config is null || JsonNode.Parse(container.DockerConfig.Config) is JsonObject);
        });
        Assert.All(received.Volumes ?? [], volume => Assert.True(volume.Type != "host" || volume.Host is not null));
    }

    internal static PayloadRequest Payload(TaskDefinition definition, TaskOverride? overrides = null) => new()
    {
        Definition = definition,
        TaskArn = "arn:aws:ecs:eu-test-1:111122223333:task/lab/5d0a77e1",
        ClusterArn = Cluster,
        LaunchType = "EC2",
        Group = "service:shop",
        Overrides = overrides,
        ContainerArns = [.. definition.ContainerDefinitions!.Select((_, index) => $"c{index}").ToImmutableArray()],
    };

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);

    private static AcsTask Translate(RegisterTaskDefinitionRequest request, TaskOverride? overrides = null) =>
        PayloadTranslator.Translate(Payload(Definitions.Register(request), overrides));

    private static AcsContainer Container(string members) => Assert.Single(Translate(Definitions.One(members)).Containers!);
}
