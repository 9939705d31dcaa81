using System.Text.Json;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Ecs.Agent.Protocol.Acs;
using ContainerDependency = Ecs.Agent.Domain.Containers.ContainerDependency;
using MountPoint = Ecs.Agent.Domain.Containers.MountPoint;
using PortMapping = Ecs.Agent.Domain.Containers.PortMapping;
using VolumeFrom = Ecs.Agent.Domain.Containers.VolumeFrom;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

public sealed class AcsTaskTranslatorTests
{
    [Fact]
    public void Translate_FullTask_KeepsEverything()
    {
        var task = Accepted(
            """
            {"arn":"arn:aws:ecs:eu-test-1:111122223333:task/lab/5d0a77e1","family":"shop","version":"9","networkMode":"host","cpu":0.5,
             "memory":512,"group":"service:shop","serviceName":"shop","launchType":"EC2","overrides":"{}",
             "containers":[
              {"name":"web","image":"shop:9","essential":true,"cpu":256,"memory":300,"command":["serve"],"entryPoint":["/bin/sh"],
               "environment":{"MODE":"lab"},"overrides":"{\"command\":[\"migrate\",\"--once\"]}","links":["db:database","cache"],
               "portMappings":[{"containerPort":8080,"hostPort":80,"protocol":"tcp"},{"containerPortRange":"9000-9002","protocol":"udp"}],
               "mountPoints":[{"sourceVolume":"conf","containerPath":"/conf","readOnly":true}],
               "volumesFrom":[{"sourceContainer":"init","readOnly":true}],
               "dependsOn":[{"containerName":"init","condition":"SUCCESS"},{"containerName":"db","condition":"HEALTHY"}],
               "startTimeout":5,"stopTimeout":20,"healthCheckType":"docker","containerArn":"arn:c",
               "restartPolicy":{"enabled":true,"ignoredExitCodes":[0,3],"restartAttemptPeriod":60},
               "dockerConfig":{"version":"1.24","config":"{\"User\":\"0\"}","hostConfig":"{\"memoryReservation\":134217728}"}},
              {"name":"init","image":"i"},{"name":"db","image":"d"},{"name":"cache","image":"c"}]}
            """);
        Assert.Equal(("arn:aws:ecs:eu-test-1:111122223333:task/lab/5d0a77e1", "shop", "9"), (task.Arn, task.Family, task.Version));
        Assert.Equal((NetworkMode.Host, 0.5, 512), (task.NetworkMode, task.VCpu, task.MemoryMiB));
        Assert.Equal(("service:shop", "shop", "EC2"), (task.Group, task.ServiceName, task.LaunchType));
        var web = task.Containers[0];
        Assert.Equal(
            ("web", "shop:9", true, 256, 300, 128),
            (web.Name, web.Image, web.Essential, web.Cpu, web.MemoryMiB, web.MemoryReservationMiB));
        Assert.Equal(["migrate", "--once"], web.Command);
        Assert.Equal(["/bin/sh"], web.EntryPoint!.Value);
        Assert.Equal([new("MODE", "lab")], web.Environment);
        Assert.Equal(["db:database", "cache"], web.Links);
        Assert.Equal(
            [
                new PortMapping { ContainerPort = 8080, HostPort = 80 },
                new PortMapping { ContainerPortRange = "9000-9002", Protocol = TransportProtocol.Udp },
            ],
            web.PortMappings);
        Assert.Equal([new MountPoint("conf", "/conf", true)], web.MountPoints);
        Assert.Equal([new VolumeFrom("init", true)], web.VolumesFrom);
        Assert.Equal(
            [
                new ContainerDependency("init", DependencyCondition.Success),
                new ContainerDependency("db", DependencyCondition.Healthy),
                new ContainerDependency("init", DependencyCondition.Create),
                new ContainerDependency("db", DependencyCondition.Start),
                new ContainerDependency("cache", DependencyCondition.Start),
            ],
            web.DependsOn);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)), (web.StartTimeout, web.StopTimeout));
        Assert.True(web.HasHealthCheck);
        Assert.True(web.RestartPolicy!.Enabled);
        Assert.Equal([0, 3], web.RestartPolicy.IgnoredExitCodes);
        Assert.Equal(TimeSpan.FromSeconds(60), web.RestartPolicy.AttemptPeriod);
        Assert.Equal(("{\"User\":\"0\"}", "1.24"), (web.DockerConfig.Config, web.DockerConfig.Version));
        Assert.Equal("arn:c", web.Arn);
        var init = task.Containers[1];
        Assert.Null(init.EntryPoint);
        Assert.Null(init.RestartPolicy);
        Assert.False(init.Essential);
        Assert.False(init.HasHealthCheck);
    }

    [Theory]
    [InlineData("null", "bridge")]
    [InlineData("\"\"", "bridge")]
    [InlineData("\"bridge\"", "bridge")]
    [InlineData("\"none\"", "none")]
    public void Translate_NetworkMode_DefaultsToBridge(string json, string mode) => Assert.Equal(
        mode == "none" ? NetworkMode.None : NetworkMode.Bridge,
        Accepted($$"""{"networkMode":{{json}},"containers":[{"name":"a","image":"i"}]}""").NetworkMode);

    [Theory]
    [InlineData("""{"name":"v","host":{"sourcePath":"/srv"}}""", "Host { Name = v, SourcePath = /srv }")]
    [InlineData("""{"name":"v","type":"host","host":{}}""", "TaskScoped ecs-f-1-v-00000000000000000001 local")]
    [InlineData("""{"name":"unmounted","host":{}}""", "")]
    [InlineData(
        """{"name":"d","type":"docker","dockerVolumeConfiguration":{"scope":"task"}}""", "TaskScoped ecs-f-1-d-00000000000000000001 local")]
    [InlineData(
        """{"name":"d","type":"docker","dockerVolumeConfiguration":{"scope":"task","driver":"x","driverOpts":{"o":"1"},"""
        + """ "labels":{"l":"2"}}}""",
        "TaskScoped ecs-f-1-d-00000000000000000001 x o=1 l=2")]
    [InlineData(
        """{"name":"s","type":"docker","dockerVolumeConfiguration":{"scope":"shared","autoprovision":true}}""", "Shared s True local")]
    [InlineData("""{"name":"s","type":"docker","dockerVolumeConfiguration":{"scope":"shared","driver":"y"}}""", "Shared s False y")]
    public void Translate_Volume_BecomesItsKind(string volume, string expected)
    {
        var task = Accepted(
            $$"""
            {"family":"f","version":"1","volumes":[{{volume}}],
             "containers":[{"name":"a","image":"i","mountPoints":[{"sourceVolume":"v","containerPath":"/v"}]}]}
            """);
        Assert.Equal(expected, string.Join(';', task.Volumes.Select(Describe)));
    }

    [Theory]
    [InlineData("""{"host":{}}""", "invalid Volume; must include a name")]
    [InlineData("""{"name":"v"}""", "invalid volume: empty volume configuration")]
    [InlineData("""{"name":"v","type":"docker"}""", "invalid volume: empty volume configuration")]
    [InlineData("""{"name":"v","type":"ebs"}""", "unrecognized volume type: \"ebs\"")]
    [InlineData("""{"name":"v","type":"efs"}""", "invalid volume: empty volume configuration")]
    [InlineData(
        """{"name":"v","type":"efs","efsVolumeConfiguration":{}}""", "volumes[v].efsVolumeConfiguration.fileSystemId: must not be empty")]
    [InlineData("""{"name":"v","type":"attachment"}""", "volumes[v].type: no attachment of the task says what this volume is")]
    [InlineData(
        """{"name":"v","type":"docker","dockerVolumeConfiguration":{"scope":"task","autoprovision":true}}""",
        "volume [v] : task scoped volume could not be autoprovisioned")]
    [InlineData(
        """{"name":"v","type":"docker","dockerVolumeConfiguration":{"scope":"x"}}""",
        "volumes[v].dockerVolumeConfiguration.scope: 'x' is neither task nor shared")]
    public void Translate_WrongVolume_SaysWhy(string volume, string problem) =>
        Assert.Equal(problem, Problem($$"""{"volumes":[{{volume}}],"containers":[{"name":"a","image":"i"}]}"""));

    /// <summary>Provider, type and target of a secret, and what is made of it.</summary>
    public static TheoryData<string, string?, string?, SecretProvider, SecretUse> SecretKinds { get; } = new()
    {
        { "ssm", "ENVIRONMENT_VARIABLE", "CONTAINER", SecretProvider.ParameterStore, SecretUse.EnvironmentVariable },
        { "asm", "ENVIRONMENT_VARIABLE", "CONTAINER", SecretProvider.SecretsManager, SecretUse.EnvironmentVariable },
        { "asm", "BOOTSTRAP", "LOG_DRIVER", SecretProvider.SecretsManager, SecretUse.LogOption },
        { "ssm", null, "LOG_DRIVER", SecretProvider.ParameterStore, SecretUse.LogOption },
        { "ssm", null, null, SecretProvider.ParameterStore, SecretUse.EnvironmentVariable },
        { "ssm", "ENVIRONMENT_VARIABLE", "LOG_DRIVER", SecretProvider.ParameterStore, SecretUse.EnvironmentVariable },
    };

    [Theory]
    [MemberData(nameof(SecretKinds))]
    public void Translate_Secret_SaysWhereItIsAndWhatFor(string kept, string? type, string? target, SecretProvider provider, SecretUse use)
    {
        var kind = $"\"provider\":\"{kept}\",\"type\":{Quoted(type)},\"target\":{Quoted(target)}";
        var secret = $$"""{"name":"S","valueFrom":"v","region":"eu-west-1",{{kind}}}""";

        var container = Assert.Single(Accepted($$"""{"containers":[{"name":"a","image":"i","secrets":[{{secret}}]}]}""").Containers);

        Assert.Equal(
            [new SecretReference { Name = "S", ValueFrom = "v", Region = "eu-west-1", Provider = provider, Use = use }], container.Secrets);

        static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";
    }

    [Fact]
    public void Translate_WhatIsKeptElsewhere_KeepsWhereButNoCredentials()
    {
        var task = Accepted("""
            {"executionRoleCredentials":{"credentialsId":"exec-1","roleArn":"r","accessKeyId":"AKIDEXAMPLE",
              "secretAccessKey":"not-a-real-secret"},
             "containers":[
              {"name":"a","image":"i","logsAuthStrategy":"ExecutionRole","environmentFiles":[{"type":"s3","value":"arn:aws:s3:::b/k"}],
               "registryAuthentication":{"type":"ecr",
                "ecrAuthData":{"registryId":"1","region":"eu-west-1","endpointOverride":"e","useExecutionRole":true}}},
              {"name":"b","image":"i",
               "registryAuthentication":{"type":"asm","asmAuthData":{"credentialsParameter":"p","region":"eu-west-1"}}},
              {"name":"c","image":"i","registryAuthentication":{"type":"other"}}]}
            """);

        Assert.Equal(("exec-1", null), (task.ExecutionCredentialsId, task.TaskCredentialsId));
        Assert.DoesNotContain("not-a-real-secret", Checkpoints.SampleTasks.Print(task), StringComparison.Ordinal);
        Assert.DoesNotContain("exec-1", task.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            [LogsAuthStrategy.ExecutionRole, LogsAuthStrategy.Instance, LogsAuthStrategy.Instance],
            task.Containers.Select(c => c.LogsAuthStrategy));
        Assert.Equal([new("arn:aws:s3:::b/k")], task.Containers[0].EnvironmentFiles);
        Assert.Equal(
            [
                new RegistryAuthentication.Ecr { RegistryId = "1", Region = "eu-west-1", EndpointOverride = "e", UseExecutionRole = true },
                new RegistryAuthentication.SecretsManager { CredentialsParameter = "p", Region = "eu-west-1" },
                null,
            ],
            task.Containers.Select(c => c.RegistryAuthentication));
    }

    [Theory]
    [InlineData(
        "us-west-2", false, "TaskScoped ecs-f-1-v-00000000000000000001 local device=:/d o=addr=fs-1.efs.us-west-2.amazonaws.com,nfsvers=4.1,"
        + "rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport type=nfs")]
    [InlineData(
        "cn-north-1", false, "TaskScoped ecs-f-1-v-00000000000000000001 local device=:/d o=addr=fs-1.efs.cn-north-1.amazonaws.com.cn,nfsvers=4.1,"
        + "rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport type=nfs")]
    [InlineData(
        "us-west-2", true, "TaskScoped ecs-f-1-v-00000000000000000001 amazon-ecs-volume-plugin device=fs-1:/d "
        + "o=tls,tlsport=7,iam,accesspoint=fsap-1 type=efs")]
    public void Translate_EfsVolume_IsMountedAsThisMachineCan(string region, bool plugin, string expected)
    {
        var task = AcsTaskTranslator.Translate(
            Task("""
                 {"family":"f","version":"1","containers":[{"name":"a","image":"i"}],"volumes":[{"name":"v","type":"efs",
                  "efsVolumeConfiguration":{"fileSystemId":"fs-1","rootDirectory":"/d","transitEncryption":"ENABLED","transitEncryptionPort":7,
                  "authorizationConfig":{"accessPointId":"fsap-1","iam":"ENABLED"}}}]}
                 """),
            new FixedIdentifiers().NameSuffix,
            VolumeSettings.Of(new AgentOptions { Region = region, VolumePluginCapabilities = plugin ? ["efsAuth"] : [] })).Task!;
        Assert.Equal(expected, Describe(Assert.Single(task.Volumes)));
    }

    [Fact]
    public void Translate_S3FilesAttachment_IsAVolumeOfThePlugin()
    {
        var task = Accepted(
            """
            {"family":"f","version":"1","containers":[{"name":"a","image":"i"}],"volumes":[{"name":"data"}],
             "attachments":[{"attachmentType":"s3files","attachmentProperties":[
               {"name":"volumeId","value":"fs-1"},{"name":"volumeName","value":"data"},{"name":"s3FilesRootDirectory","value":"/d"},
               {"name":"s3FilesTransitEncryptionPort","value":"7"},{"name":"s3FilesAccessPointId","value":"ap"}]}]}
            """);
        Assert.Equal(
            "TaskScoped ecs-f-1-data-00000000000000000001 amazon-ecs-volume-plugin device=fs-1:/d o=tls,tlsport=7,iam,accesspoint=ap type=s3files",
            Describe(Assert.Single(task.Volumes)));
    }

    [Theory]
    [InlineData("""{"name":"volumeName","value":"v"}""", "an attachment of type s3files needs volumeId and volumeName")]
    [InlineData("""{"name":"volumeId","value":""}""", "the property volumeId of an attachment of type s3files is empty")]
    [InlineData(
        """{"name":"volumeName","value":"v"},{"name":"volumeId","value":"i"},{"name":"s3FilesTransitEncryptionPort","value":"x"}""",
        "s3FilesTransitEncryptionPort is 'x' but must be a port")]
    public void Translate_WrongS3FilesAttachment_SaysWhy(string properties, string problem) => Assert.Equal(
        "attachments: " + problem,
        Problem($$"""
                  {"attachments":[{"attachmentType":"s3files","attachmentProperties":[{{properties}}]}],"containers":[{"name":"a","image":"i"}]}
                  """));

    [Fact]
    public void Translate_FsxVolume_IsUnderstoodButCannotBePrepared() => Assert.Equal(
        "task with FSx for Windows File Server volumes is only supported on Windows container instance",
        Translate(
            """
            {"volumes":[{"name":"v","type":"fsxWindowsFileServer","fsxWindowsFileServerVolumeConfiguration":{"fileSystemId":"fs-1"}}],
             "containers":[{"name":"a","image":"i"}]}
            """).Unpreparable);

    [Theory]
    [InlineData("\"cpu\":-1", "containers[a].cpu: -1 is negative")]
    [InlineData("\"memory\":-1", "containers[a].memory: -1 is negative")]
    [InlineData("\"stopTimeout\":-1", "containers[a].stopTimeout: -1 is negative")]
    [InlineData(
        "\"portMappings\":[{\"containerPort\":65536}]",
        "containers[a].portMappings.containerPort: 65536 is not a port from 0 to 65535")]
    [InlineData(
        "\"portMappings\":[{\"containerPort\":1,\"hostPort\":-1}]",
        "containers[a].portMappings.hostPort: -1 is not a port from 0 to 65535")]
    [InlineData("\"portMappings\":[{\"containerPort\":1,\"protocol\":\"TCP\"}]", "TCP is not a recognized transport protocol")]
    [InlineData("\"portMappings\":[{}]", "containers[a].portMappings: needs a containerPort or a containerPortRange")]
    [InlineData(
        "\"portMappings\":[{\"containerPortRange\":\"9-1\"}]",
        "containers[a].portMappings: the containerPortRange '9-1' is not first-last with ports from 1 to 65535")]
    [InlineData(
        "\"dependsOn\":[{\"containerName\":\"b\",\"condition\":\"CREATE\"}]",
        "containers[a].dependsOn: the condition 'CREATE' is not one of START, COMPLETE, SUCCESS, HEALTHY")]
    [InlineData(
        """  "secrets":[{"name":"s","valueFrom":"v","provider":"vault"}]  """,
        "containers[a].secrets: the provider 'vault' of s is neither ssm nor asm")]
    [InlineData("""  "secrets":[{"name":"s","provider":"ssm"}]  """, "containers[a].secrets: an entry needs a name and a valueFrom")]
    [InlineData(
        """  "secrets":[{"name":"s","valueFrom":"v","provider":"ssm","type":"MOUNT_POINT","target":"CONTAINER"}]  """,
        "containers[a].secrets: this agent does not know what to do with s of type 'MOUNT_POINT' for 'CONTAINER'")]
    [InlineData("""  "environmentFiles":[{"type":"ftp","value":"x"}]  """, "containers[a].environmentFiles: the type 'ftp' is not s3")]
    [InlineData("\"firelensConfiguration\":{}", "containers[a].firelensConfiguration: this agent does not support FireLens")]
    [InlineData(
        "\"registryAuthentication\":{\"type\":\"ecr\"}",
        "containers[a].registryAuthentication: says nothing of where the login of type ecr is to be had")]
    [InlineData(
        """  "registryAuthentication":{"type":"asm","asmAuthData":{"region":"eu-west-1"}}  """,
        "containers[a].registryAuthentication: says nothing of where the login of type asm is to be had")]
    [InlineData("\"credentialSpecs\":[\"c\"]", "containers[a].credentialSpecs: this agent does not support group managed service accounts")]
    [InlineData(
        "\"managedAgents\":[{\"name\":\"ExecuteCommandAgent\"}]", "containers[a].managedAgents: this agent does not support ECS Exec")]
    public void Translate_WrongContainer_SaysWhy(string member, string problem) =>
        Assert.Equal(problem, Problem($$"""{"containers":[{"name":"a","image":"i",{{member}}}]}"""));

    [Theory]
    [InlineData("\"cpu\":-0.5", "cpu: -0.5 is negative")]
    [InlineData("\"memory\":-1", "memory: -1 is negative")]
    [InlineData("\"networkMode\":\"x\"", "networkMode: 'x' is not one of bridge, host, none, awsvpc")]
    [InlineData("\"networkMode\":\"awsvpc\"", "networkMode: this agent does not support awsvpc")]
    [InlineData("\"elasticNetworkInterfaces\":[{}]", "elasticNetworkInterfaces: this agent does not support task network interfaces")]
    [InlineData("\"associations\":[{\"type\":\"elastic-inference\"}]", "associations: this agent does not support associated devices but GPUs")]
    [InlineData("\"pidMode\":\"none\"", "pidMode: 'none' is not one of host, task")]
    [InlineData("\"ipcMode\":\"own\"", "ipcMode: 'own' is not one of host, task, none")]
    [InlineData("\"proxyConfiguration\":{}", "proxyConfiguration: this agent does not support App Mesh proxies")]
    [InlineData("\"enableFaultInjection\":true", "enableFaultInjection: this agent does not support fault injection")]
    [InlineData(
        "\"roleCredentials\":{\"credentialsId\":\"c\"}", "roleCredentials: this agent does not serve task role credentials to containers")]
    [InlineData("\"executionRoleCredentials\":{}", "CredentialsId is empty")]
    [InlineData(
        "\"attachments\":[{\"attachmentType\":\"serviceconnectdetail\"}]",
        "attachments: this agent does not support attachments of type serviceconnectdetail")]
    public void Translate_WrongTask_SaysWhy(string member, string problem) =>
        Assert.Equal(problem, Problem($$"""{{{member}},"containers":[{"name":"a","image":"i"}]}"""));

    [Fact]
    public void Translate_VolumeOfAnAttachment_BlamesTheAttachmentOnly() => Assert.Equal(
        "attachments: this agent does not support attachments of type amazonebs",
        Problem(
            """
            {"attachments":[{"attachmentType":"amazonebs","attachmentProperties":[{"name":"volumeName","value":"data"}]}],
             "volumes":[{"name":"data"}],"containers":[{"name":"a","image":"i"}]}
            """));

    [Fact]
    public void Translate_UnknownAttachmentType_IsIgnored() =>
        Accepted("""{"attachments":[{"attachmentType":"new"}],"containers":[{"name":"a","image":"i"}]}""");

    [Fact]
    public void Translate_SeveralMistakes_NamesThemAll() => Assert.Equal(
        "containers[a].cpu: -1 is negative; containers[].name: is missing; containers[].image: is missing; "
        + "unrecognized volume type: \"x\"; pidMode: 'none' is not one of host, task; memory: -2 is negative",
        Problem(
            """
            {"memory":-2,"pidMode":"none","volumes":[{"name":"v","type":"x"}],"containers":[{"name":"a","image":"i","cpu":-1},{}]}
            """));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"command":null}""")]
    [InlineData("null")]
    public void Translate_EmptyOverride_KeepsTheCommand(string overrides)
    {
        var task = AcsTaskTranslator.Translate(
            new AcsTask { Containers = [new AcsContainer { Name = "a", Image = "i", Command = ["own"], Overrides = overrides }] },
            () => "",
            Settings);
        Assert.Equal(["own"], task.Task!.Containers[0].Command);
    }

    [Fact]
    public void Translate_OverrideOfAnythingButTheCommand_GivesTheOfficialText() => Assert.Equal(
        "Multiple error:\n\t0: Could not unmarshal ContainerOverrides in any supported way\n\t1: json: cannot unmarshal string into "
        + "Go value of type container.ContainerOverridesCopy\n\t2: Multiple error:\n\t0: Error unmarshalling ContainerOverrides"
        + "\n\t1: Unrecognized key: environment",
        Problem("""{"containers":[{"name":"a","image":"i","overrides":"{\"environment\":{}}"}]}"""));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"command":"text"}""")]
    [InlineData("""{"command":[1]}""")]
    public void Translate_OverrideThatIsNoObject_IsRefused(string overrides)
    {
        var (_, problem) = CommandOverride.Parse(overrides);
        Assert.StartsWith(
            "Multiple error:\n\t0: Could not unmarshal ContainerOverrides in any supported way", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", 0)]
    [InlineData("[]", 0)]
    [InlineData("""{"MemoryReservation":"1"}""", 0)]
    [InlineData("""{"MemoryReservation":-5}""", 0)]
    [InlineData("""{"MemoryReservation":4194304}""", 4)]
    public void Translate_HostConfig_IsReadForTheReservationOnly(string hostConfig, int mebibytes)
    {
        var task = AcsTaskTranslator.Translate(
            new AcsTask
            {
                Containers = [new AcsContainer { Name = "a", Image = "i", DockerConfig = new() { HostConfig = hostConfig } }],
            },
            () => "",
            Settings);
        Assert.Equal(mebibytes, task.Task!.Containers[0].MemoryReservationMiB);
        Assert.Equal(hostConfig, task.Task.Containers[0].DockerConfig.HostConfig);
    }

    private static VolumeSettings Settings { get; } = new("us-west-2", EfsAuthorized: false);

    private static TaskDefinition Accepted(string json)
    {
        var translation = Translate(json);
        Assert.Null(translation.Problem);
        return translation.Task!;
    }

    private static string Problem(string json)
    {
        var translation = Translate(json);
        Assert.Null(translation.Task);
        return translation.Problem!;
    }

    private static AcsTask Task(string json) => JsonSerializer.Deserialize(json, AcsJsonContext.Default.AcsTask)!;

    private static AcsTranslation Translate(string json) => AcsTaskTranslator.Translate(
        Task(json), new FixedIdentifiers().NameSuffix, Settings);

    private static string Describe(TaskVolume volume) => volume switch
    {
        TaskVolume.Host host => $"Host {{ Name = {host.Name}, SourcePath = {host.SourcePath} }}",
        TaskVolume.TaskScoped scoped =>
            Join("TaskScoped", scoped.DockerName, scoped.Driver, Pairs(scoped.DriverOptions), Pairs(scoped.Labels)),
        TaskVolume.Shared shared =>
            Join("Shared", shared.Name, shared.Autoprovision.ToString(), shared.Driver, Pairs(shared.DriverOptions), Pairs(shared.Labels)),
        _ => throw new ArgumentOutOfRangeException(nameof(volume)),
    };

    private static string Pairs(IEnumerable<KeyValuePair<string, string>> map) =>
        string.Join(' ', map.Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Join(params string[] parts) => string.Join(' ', parts.Where(part => part.Length > 0));
}
