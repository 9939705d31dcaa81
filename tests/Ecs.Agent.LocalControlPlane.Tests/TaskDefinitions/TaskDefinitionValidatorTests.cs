using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

public sealed class TaskDefinitionValidatorTests
{
    private const string Fargate = "\"requiresCompatibilities\":[\"FARGATE\"],\"networkMode\":\"awsvpc\",\"cpu\":\"256\","
        + "\"memory\":\"512\"";

    [Theory]
    [InlineData("")]
    [InlineData("\"memoryReservation\":64")]
    [InlineData("\"memory\":64,\"memoryReservation\":64")]
    [InlineData(
        "\"portMappings\":[{\"containerPort\":80},{\"containerPort\":81,\"hostPort\":0},{\"containerPort\":53,\"hostPort\":53,"
            + "\"protocol\":\"udp\"},{\"containerPort\":53,\"hostPort\":53}]")]
    [InlineData("\"portMappings\":[{\"containerPortRange\":\"8000-8099\"}]")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD-SHELL\",\"true\"],\"interval\":5,\"timeout\":2,\"retries\":10,\"startPeriod\":300}")]
    [InlineData("\"ulimits\":[{\"name\":\"nofile\",\"softLimit\":5,\"hardLimit\":-1}]")]
    [InlineData("\"startTimeout\":120,\"stopTimeout\":600")]
    [InlineData("\"restartPolicy\":{\"enabled\":true,\"restartAttemptPeriod\":60,\"ignoredExitCodes\":[0]}")]
    public void Validate_RightContainer_HasNoProblem(string members) =>
        Assert.Empty(TaskDefinitionValidator.Validate(Definitions.One(members, members.Contains("memory", StringComparison.Ordinal) ? ""
            : "\"memory\":\"128\"")));

    [Theory]
    [InlineData("\"cpu\":-1", "cpu", "Invalid setting for container 'web'. 'cpu' must not be negative. Found -1.")]
    [InlineData("\"memory\":5", "memory", "Invalid setting for container 'web'. 'memory' must be at least 6 MiB. Found 5.")]
    [InlineData("\"memoryReservation\":0", "memoryReservation", "'memoryReservation' must be at least 6 MiB")]
    [InlineData("\"memory\":64,\"memoryReservation\":65", "memoryReservation", "must not be greater than 'memory' (64)")]
    [InlineData("\"memory\":129", "memory", "'memory' (129) must not be greater than the task 'memory' (128)")]
    [InlineData("\"links\":[\"db\"]", "links[0]", "Link to container 'db', which is not in the task definition.")]
    [InlineData("\"links\":[\"web:a:b\"]", "links[0]", "Invalid link 'web:a:b'")]
    [InlineData("\"volumesFrom\":[{\"sourceContainer\":\"db\"}]", "volumesFrom[0].sourceContainer", "'db'")]
    [InlineData("\"mountPoints\":[{\"sourceVolume\":\"v\",\"containerPath\":\"/v\"}]", "mountPoints[0].sourceVolume",
        "Unknown volume 'v'.")]
    [InlineData("\"mountPoints\":[{\"sourceVolume\":\"v\"}]", "mountPoints[0].containerPath", "should not be null or empty")]
    [InlineData("\"dependsOn\":[{\"containerName\":\"db\",\"condition\":\"START\"}]", "dependsOn[0].containerName",
        "Cannot depend on container + 'db' because it does not exist")]
    [InlineData("\"dependsOn\":[{\"containerName\":\"web\",\"condition\":\"START\"}]", "dependsOn",
        "Dependency cycle between containers: web -> web.")]
    [InlineData("\"startTimeout\":121", "startTimeout", "must be between 2 and 120 seconds")]
    [InlineData("\"startTimeout\":1", "startTimeout", "Invalid value 1")]
    [InlineData("\"stopTimeout\":-1", "stopTimeout", "must not be negative")]
    [InlineData("\"portMappings\":[{\"protocol\":\"tcp\"}]", "portMappings[0].containerPort",
        "One of containerPort and containerPortRange must be specified.")]
    [InlineData("\"portMappings\":[{\"containerPort\":0}]", "portMappings[0].containerPort", "must be between 1 and 65535")]
    [InlineData("\"portMappings\":[{\"containerPort\":65536}]", "portMappings[0].containerPort", "Invalid value 65536")]
    [InlineData("\"portMappings\":[{\"containerPort\":80,\"hostPort\":65536}]", "portMappings[0].hostPort", "must be between 0 and 65535")]
    [InlineData("\"portMappings\":[{\"containerPort\":80,\"containerPortRange\":\"1-2\"}]", "portMappings[0]",
        "containerPort and containerPortRange cannot be used together.")]
    [InlineData("\"portMappings\":[{\"containerPortRange\":\"90-80\"}]", "portMappings[0].containerPortRange",
        "Invalid container port range '90-80'")]
    [InlineData("\"portMappings\":[{\"containerPortRange\":\"80\"}]", "portMappings[0].containerPortRange",
        "Invalid container port range '80'")]
    [InlineData("\"portMappings\":[{\"containerPortRange\":\"8000-8100\"}]", "portMappings[0].containerPortRange",
        "has 101 ports, at most 100")]
    [InlineData("\"portMappings\":[{\"containerPortRange\":\"80-81\",\"hostPort\":80}]", "portMappings[0].hostPort",
        "together with containerPortRange")]
    [InlineData("\"portMappings\":[{\"containerPort\":80,\"hostPort\":80},{\"containerPort\":81,\"hostPort\":80}]",
        "portMappings[1].hostPort",
        "Host port 80/tcp is already mapped by containerDefinitions[0].portMappings[0].")]
    [InlineData("\"portMappings\":[{\"containerPort\":80,\"name\":\"Web\"}]", "portMappings[0].name", "Invalid port mapping name 'Web'")]
    [InlineData("\"portMappings\":[{\"containerPort\":80,\"name\":\"w\"},{\"containerPort\":81,\"name\":\"w\"}]", "portMappings[1].name",
        "used more than once")]
    [InlineData("\"healthCheck\":{\"command\":[]}", "healthCheck.command", "HealthCheck.command should not be null or empty.")]
    [InlineData("\"healthCheck\":{\"command\":[\"curl\"]}", "healthCheck.command[0]", "must begin with CMD or CMD-SHELL")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD\"]}", "healthCheck.command", "needs a command after CMD")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD\",\"x\"],\"interval\":4}", "healthCheck.interval",
        "must be between 5 and 300 seconds")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD\",\"x\"],\"timeout\":1}", "healthCheck.timeout", "must be between 2 and 120 seconds")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD\",\"x\"],\"retries\":11}", "healthCheck.retries", "must be between 1 and 10")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD\",\"x\"],\"startPeriod\":301}", "healthCheck.startPeriod",
        "must be between 0 and 300 seconds")]
    [InlineData("\"restartPolicy\":{\"enabled\":true,\"restartAttemptPeriod\":59}", "restartPolicy.restartAttemptPeriod",
        "must be between 60 and 1800 seconds")]
    [InlineData(
        "\"restartPolicy\":{\"enabled\":true,\"ignoredExitCodes\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,"
            + "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}",
        "restartPolicy.ignoredExitCodes", "Found 51 exit codes, at most 50")]
    [InlineData("\"ulimits\":[{\"name\":\"nofile\",\"softLimit\":6,\"hardLimit\":5}]", "ulimits[0]", "soft limit of ulimit 'nofile' (6)")]
    [InlineData("\"ulimits\":[{\"name\":\"nofile\",\"softLimit\":-1,\"hardLimit\":5}]", "ulimits[0]", "soft limit of ulimit 'nofile' (-1)")]
    [InlineData("\"environment\":[{\"value\":\"x\"}]", "environment[0].name", "Environment variable name should not be null or empty.")]
    [InlineData("\"environment\":[{\"name\":\"a=b\",\"value\":\"x\"}]", "environment[0].name", "must not contain '='")]
    [InlineData("\"environment\":[{\"name\":\"S\",\"value\":\"x\"}],\"secrets\":[{\"name\":\"S\",\"valueFrom\":\"p\"}]", "secrets[0].name",
        "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'S'.")]
    [InlineData("\"secrets\":[{\"name\":\"S\",\"valueFrom\":\"\"}]", "secrets[0].valueFrom", "should not be null or empty")]
    [InlineData("\"environmentFiles\":[{\"type\":\"s3\",\"value\":\"arn:aws:s3:::b/k.txt\"}]", "environmentFiles[0].value", "ends in .env")]
    [InlineData("\"extraHosts\":[{\"hostname\":\"\",\"ipAddress\":\"1.2.3.4\"}]", "extraHosts[0].hostname", "HostEntry.hostname")]
    [InlineData("\"systemControls\":[{\"namespace\":\"net.core.somaxconn\"}]", "systemControls[0].value", "SystemControl.value")]
    [InlineData("\"linuxParameters\":{\"swappiness\":101}", "linuxParameters.swappiness", "must be between 0 and 100")]
    [InlineData("\"linuxParameters\":{\"maxSwap\":-1}", "linuxParameters.maxSwap", "Invalid value -1")]
    [InlineData("\"linuxParameters\":{\"sharedMemorySize\":0}", "linuxParameters.sharedMemorySize", "Invalid value 0")]
    [InlineData("\"linuxParameters\":{\"tmpfs\":[{\"containerPath\":\"/t\",\"size\":0}]}", "linuxParameters.tmpfs[0].size",
        "Invalid value 0")]
    [InlineData("\"linuxParameters\":{\"devices\":[{\"hostPath\":\"\"}]}", "linuxParameters.devices[0].hostPath", "Device.hostPath")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"awslogs\",\"options\":{\"awslogs-group\":\"g\"}}", "logConfiguration.options",
        "Log driver awslogs requires options: awslogs-region, awslogs-group")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"splunk\",\"options\":{\"splunk-url\":\"u\"}}", "logConfiguration.options",
        "splunk-url, splunk-token")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"awsfirelens\"}", "logConfiguration.logDriver",
        "requires a container with firelensConfiguration")]
    [InlineData("\"firelensConfiguration\":{\"type\":\"fluentbit\",\"options\":{\"config-file-type\":\"file\"}}",
        "firelensConfiguration.options", "must be given together")]
    [InlineData("\"firelensConfiguration\":{\"type\":\"fluentbit\",\"options\":{\"config-file-type\":\"ftp\",\"config-file-value\":\"x\"}}",
        "firelensConfiguration.options.config-file-type", "must be one of s3, file")]
    [InlineData("\"firelensConfiguration\":{\"type\":\"fluentbit\"},\"logConfiguration\":{\"logDriver\":\"awsfirelens\"}",
        "logConfiguration.logDriver", "cannot use the log driver awsfirelens itself")]
    [InlineData("\"credentialSpecs\":[\"file://x\"]", "credentialSpecs[0]", "must begin with credentialspec:")]
    [InlineData("\"resourceRequirements\":[{\"type\":\"GPU\",\"value\":\"0\"}]", "resourceRequirements[0].value", "whole number above 0")]
    [InlineData("\"resourceRequirements\":[{\"type\":\"InferenceAccelerator\",\"value\":\"d\"}]", "resourceRequirements[0].value",
        "not among the inferenceAccelerators")]
    [InlineData("\"repositoryCredentials\":{\"credentialsParameter\":\"\"}", "repositoryCredentials.credentialsParameter",
        "should not be null or empty")]
    public void Validate_WrongContainer_NamesMemberAndRule(string members, string path, string message)
    {
        var problems = TaskDefinitionValidator.Validate(Definitions.One(members, "\"memory\":\"128\",\"executionRoleArn\":\"r\""));

        Assert.Contains(problems, p =>
            p.Path == $"containerDefinitions[0].{path}" && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"cpu\":\"1 core\"", "cpu",
        "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.")]
    [InlineData("\"cpu\":\"127\"", "cpu", "Found '127'")]
    [InlineData("\"memory\":\"a lot\"", "memory", "Invalid 'memory' setting for task.")]
    [InlineData("\"placementConstraints\":[{\"type\":\"memberOf\"}]", "placementConstraints[0].expression", "should not be null or empty")]
    [InlineData("\"proxyConfiguration\":{\"containerName\":\"web\"}", "proxyConfiguration", "Network mode 'awsvpc' is required")]
    [InlineData("\"networkMode\":\"awsvpc\",\"proxyConfiguration\":{\"containerName\":\"envoy\"}", "proxyConfiguration.containerName",
        "'envoy'")]
    [InlineData("\"ephemeralStorage\":{\"sizeInGiB\":20}", "ephemeralStorage.sizeInGiB", "must be between 21 and 200 GiB")]
    [InlineData("\"networkMode\":\"awsvpc\",\"requiresCompatibilities\":[\"EXTERNAL\"]", "networkMode",
        "not supported for the EXTERNAL launch type")]
    [InlineData("\"tags\":[{\"key\":\"aws:x\"}]", "tags[0].key", "must not begin with 'aws:'")]
    [InlineData("\"volumes\":[{\"host\":{}}]", "volumes[0].name", "Volume.name should not be null or empty.")]
    [InlineData("\"volumes\":[{\"name\":\"a b\"}]", "volumes[0].name", "Volume.name contains invalid characters.")]
    [InlineData("\"volumes\":[{\"name\":\"a\"},{\"name\":\"a\"}]", "volumes[1].name", "Duplicate volume name 'a'")]
    [InlineData("\"volumes\":[{\"name\":\"a\",\"host\":{\"sourcePath\":\"/x\"},\"dockerVolumeConfiguration\":{}}]", "volumes[0]",
        "Found host.sourcePath and dockerVolumeConfiguration.")]
    [InlineData("\"volumes\":[{\"name\":\"a\",\"dockerVolumeConfiguration\":{\"autoprovision\":true}}]",
        "volumes[0].dockerVolumeConfiguration.autoprovision", "only when its scope is 'shared'")]
    [InlineData(
        "\"volumes\":[{\"name\":\"a\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"f\",\"authorizationConfig\":{\"iam\":\"ENABLED\"}}}]",
            "volumes[0].efsVolumeConfiguration.transitEncryption", "authorizationConfig.iam")]
    [InlineData(
        "\"volumes\":[{\"name\":\"a\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"f\","
            + "\"authorizationConfig\":{\"accessPointId\":\"p\"}}}]",
        "volumes[0].efsVolumeConfiguration.transitEncryption", "authorizationConfig.accessPointId")]
    [InlineData(
        "\"volumes\":[{\"name\":\"a\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"f\",\"rootDirectory\":\"/d\","
            + "\"transitEncryption\":\"ENABLED\",\"authorizationConfig\":{\"accessPointId\":\"p\"}}}]",
        "volumes[0].efsVolumeConfiguration.rootDirectory", "must be omitted or '/'")]
    [InlineData("\"volumes\":[{\"name\":\"a\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"f\",\"transitEncryptionPort\":2049}}]",
        "volumes[0].efsVolumeConfiguration.transitEncryptionPort", "only when transitEncryption is ENABLED")]
    [InlineData(
        "\"volumes\":[{\"name\":\"a\",\"s3filesVolumeConfiguration\":{\"fileSystemArn\":\"f\",\"rootDirectory\":\"/d\","
            + "\"accessPointArn\":\"p\"}}]", "volumes[0].s3filesVolumeConfiguration.rootDirectory", "must be omitted or '/'")]
    [InlineData(
        "\"volumes\":[{\"name\":\"a\",\"fsxWindowsFileServerVolumeConfiguration\":{\"fileSystemId\":\"\",\"rootDirectory\":\"d\","
            + "\"authorizationConfig\":{\"credentialsParameter\":\"c\",\"domain\":\"d\"}}}]",
        "volumes[0].fsxWindowsFileServerVolumeConfiguration.fileSystemId", "should not be null or empty")]
    public void Validate_WrongTask_NamesMemberAndRule(string members, string path, string message)
    {
        var problems = TaskDefinitionValidator.Validate(Definitions.One("\"memory\":64", members));

        Assert.Contains(problems, p => p.Path == path && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("awsvpc", "\"hostname\":\"h\"", "hostname", "hostname is not supported on container when networkMode=awsvpc.")]
    [InlineData("awsvpc", "\"extraHosts\":[{\"hostname\":\"h\",\"ipAddress\":\"1.2.3.4\"}]", "extraHosts", "networkMode=awsvpc")]
    [InlineData("awsvpc", "\"dnsServers\":[\"1.1.1.1\"]", "dnsServers", "networkMode=awsvpc")]
    [InlineData("awsvpc", "\"dnsSearchDomains\":[\"a.b\"]", "dnsSearchDomains", "networkMode=awsvpc")]
    [InlineData("awsvpc", "\"links\":[\"web\"]", "links", "Links are not supported when networkMode=awsvpc.")]
    [InlineData("host", "\"links\":[\"web\"]", "links", "Links are not supported when networkMode=host.")]
    [InlineData("awsvpc", "\"portMappings\":[{\"containerPort\":80,\"hostPort\":81}]", "portMappings[0].hostPort",
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.")]
    [InlineData("host", "\"portMappings\":[{\"containerPort\":80,\"hostPort\":81}]", "portMappings[0].hostPort",
        "When networkMode=host, the host ports")]
    [InlineData("none", "\"portMappings\":[{\"containerPort\":80}]", "portMappings",
        "Port mappings are not supported when networkMode=none.")]
    [InlineData("host", "\"portMappings\":[{\"containerPortRange\":\"80-81\"}]", "portMappings[0].containerPortRange",
        "not supported when networkMode=host")]
    [InlineData("host", "\"systemControls\":[{\"namespace\":\"net.core.somaxconn\",\"value\":\"1\"}]", "systemControls[0].namespace",
        "not supported when networkMode=host")]
    public void Validate_MemberThatTheNetworkModeRulesOut_IsRefused(string mode, string members, string path, string message)
    {
        var problems = TaskDefinitionValidator.Validate(Definitions.One($"\"memory\":64,{members}", $"\"networkMode\":\"{mode}\""));

        Assert.Contains(problems, p =>
            p.Path == $"containerDefinitions[0].{path}" && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", null, null)]
    [InlineData("", "\"ipcMode\":\"host\"", "ipcMode", "Tasks using the Fargate launch type do not support ipcMode.")]
    [InlineData("", "\"pidMode\":\"host\"", "pidMode", "only pidMode task")]
    [InlineData("", "\"placementConstraints\":[{\"type\":\"memberOf\",\"expression\":\"x\"}]", "placementConstraints",
        "do not support placementConstraints")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"host\":{\"sourcePath\":\"/x\"}}]", "volumes[0].host.sourcePath",
        "do not support host.sourcePath")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"dockerVolumeConfiguration\":{}}]", "volumes[0].dockerVolumeConfiguration",
        "do not support dockerVolumeConfiguration")]
    [InlineData("\"privileged\":true", "", "containerDefinitions[0].privileged", "do not support privileged")]
    [InlineData("\"disableNetworking\":true", "", "containerDefinitions[0].disableNetworking", "do not support disableNetworking")]
    [InlineData("\"dockerSecurityOptions\":[\"x\"]", "", "containerDefinitions[0].dockerSecurityOptions",
        "do not support dockerSecurityOptions")]
    [InlineData("\"resourceRequirements\":[{\"type\":\"GPU\",\"value\":\"1\"}]", "", "containerDefinitions[0].resourceRequirements",
        "do not support resourceRequirements")]
    [InlineData("\"linuxParameters\":{\"devices\":[{\"hostPath\":\"/dev/x\"}]}", "", "containerDefinitions[0].linuxParameters.devices",
        "do not support")]
    [InlineData("\"linuxParameters\":{\"tmpfs\":[{\"containerPath\":\"/t\",\"size\":1}]}", "",
        "containerDefinitions[0].linuxParameters.tmpfs", "do not support")]
    [InlineData("\"linuxParameters\":{\"sharedMemorySize\":1}", "", "containerDefinitions[0].linuxParameters.sharedMemorySize",
        "do not support")]
    [InlineData("\"linuxParameters\":{\"maxSwap\":1}", "", "containerDefinitions[0].linuxParameters.maxSwap", "do not support")]
    [InlineData("\"linuxParameters\":{\"swappiness\":1}", "", "containerDefinitions[0].linuxParameters.swappiness", "do not support")]
    [InlineData("\"linuxParameters\":{\"capabilities\":{\"add\":[\"SYS_PTRACE\"]}}", "", null, null)]
    [InlineData("\"linuxParameters\":{\"capabilities\":{\"add\":[\"NET_ADMIN\"]}}", "",
        "containerDefinitions[0].linuxParameters.capabilities.add", "SYS_PTRACE")]
    [InlineData("\"stopTimeout\":121", "", "containerDefinitions[0].stopTimeout", "between 0 and 120")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"json-file\"}", "", "containerDefinitions[0].logConfiguration.logDriver",
        "awslogs, splunk and awsfirelens")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"awslogs\",\"options\":{\"awslogs-group\":\"g\",\"awslogs-region\":\"r\"}}", "",
        "executionRoleArn",
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.")]
    public void Validate_Fargate_RefusesWhatItDoesNotHave(string container, string task, string? path, string? message)
    {
        var problems = TaskDefinitionValidator.Validate(Definitions.One(container, task.Length == 0 ? Fargate : $"{Fargate},{task}"));

        if (path is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(problems, p => p.Path == path && p.Message.Contains(message!, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("\"networkMode\":\"bridge\",\"cpu\":\"256\",\"memory\":\"512\"", "networkMode",
        "Fargate only supports network mode ‘awsvpc’.")]
    [InlineData("\"networkMode\":\"awsvpc\",\"memory\":\"512\"", "cpu", "Fargate requires that 'cpu' be defined at the task level.")]
    [InlineData("\"networkMode\":\"awsvpc\",\"cpu\":\"256\"", "memory", "Fargate requires that 'memory' be defined at the task level.")]
    [InlineData("\"networkMode\":\"awsvpc\",\"cpu\":\"256\",\"memory\":\"717\"", "memory",
        "No Fargate configuration exists for given values: 256 CPU, 717 memory.")]
    public void Validate_FargateTaskLevel_HasItsOwnTexts(string members, string path, string message)
    {
        var problems = TaskDefinitionValidator.Validate(Definitions.One("\"memory\":64",
            $"\"requiresCompatibilities\":[\"FARGATE\"],{members}"));

        Assert.Contains(problems, p => p.Path == path && p.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(256, 512, true)]
    [InlineData(256, 2048, true)]
    [InlineData(256, 4096, false)]
    [InlineData(512, 512, false)]
    [InlineData(512, 4096, true)]
    [InlineData(1024, 2048, true)]
    [InlineData(1024, 8192, true)]
    [InlineData(2048, 3072, false)]
    [InlineData(2048, 16384, true)]
    [InlineData(4096, 30720, true)]
    [InlineData(4096, 31744, false)]
    [InlineData(8192, 16384, true)]
    [InlineData(8192, 17408, false)]
    [InlineData(8192, 61440, true)]
    [InlineData(16384, 32768, true)]
    [InlineData(16384, 122880, true)]
    [InlineData(300, 512, false)]
    public void FargateSizes_AreThoseOfTheService(int cpu, int memory, bool offered) =>
        Assert.Equal(offered, FargateSizes.Offers(cpu, memory));

    [Theory]
    [InlineData("256", 256)]
    [InlineData(".25 vcpu", 256)]
    [InlineData("0.5vCPU", 512)]
    [InlineData("2 VCPU", 2048)]
    [InlineData("1 GB", null)]
    [InlineData("", null)]
    [InlineData("vcpu", null)]
    [InlineData("-1", null)]
    public void CpuUnits_ReadsUnitsAndVCpus(string text, int? units) => Assert.Equal(units, TaskSize.CpuUnits(text));

    [Theory]
    [InlineData("512", 512)]
    [InlineData(".5 gb", 512)]
    [InlineData("1GB", 1024)]
    [InlineData("1 MB", null)]
    [InlineData("99999999999", null)]
    public void MemoryMiB_ReadsMiBAndGigabytes(string text, int? memory) => Assert.Equal(memory, TaskSize.MemoryMiB(text));

    [Fact]
    public void Validate_Dependencies_KnowConditionsAndCycles()
    {
        var problems = TaskDefinitionValidator.Validate(Definitions.Request("""
            {"family":"f","memory":"512","containerDefinitions":[
              {"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"SUCCESS"},{"containerName":"c",
                "condition":"HEALTHY"}]},
              {"name":"b","image":"i","links":["c:db"]},
              {"name":"c","image":"i","essential":false,"volumesFrom":[{"sourceContainer":"b"}]}]}
            """));

        Assert.Equal(
        [
            "containerDefinitions[0].dependsOn[0].condition: A dependency container with SUCCESS or COMPLETE condition cannot be an "
                + "essential container. 'b' is essential.",
            "containerDefinitions[0].dependsOn[1].condition: A dependency container with HEALTHY condition must have a healthCheck. "
                + "'c' has none.",
            "containerDefinitions[0].dependsOn: Dependency cycle between containers: b -> c -> b.",
        ], problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Validate_ContainerList_HasUniqueNamesAndAnEssentialOne()
    {
        var problems = TaskDefinitionValidator.Validate(Definitions.Request("""
            {"family":"f","memory":"512","cpu":"256","containerDefinitions":[
              {"name":"a","image":"i","essential":false,"cpu":200},{"name":"a","image":"","essential":false,"cpu":57},{"name":"b c",
                "image":"i j","essential":false}]}
            """));

        Assert.Equal(
        [
            "containerDefinitions: A task definition must have at least one essential container.",
            "cpu: The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'. Found 257 of 256.",
            "containerDefinitions[1].name: Duplicate container name 'a'. Container names must be unique within a task definition.",
            "containerDefinitions[1].image: Container.image should not be null or empty.",
            "containerDefinitions[2].name: Container.name contains invalid characters. Found 'b c'."
                + " Up to 255 letters (uppercase and lowercase), numbers, hyphens and underscores are allowed.",
            "containerDefinitions[2].image: Container.image contains invalid characters. Found 'i j'.",
        ], problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Validate_EmptyRequest_NamesFamilyAndContainers() =>
        Assert.Equal(
            ["family: Family should not be null or empty.", "containerDefinitions: Container list cannot be empty."],
            TaskDefinitionValidator.Validate(new RegisterTaskDefinitionRequest()).Select(p => p.ToString()));

    [Fact]
    public void Validate_SecretsWithoutExecutionRole_AreRefused() =>
        Assert.Equal(
            ["When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."],
            TaskDefinitionValidator.Validate(Definitions.One("\"memory\":64,\"secrets\":[{\"name\":\"S\",\"valueFrom\":\"p\"}]"))
                .Select(p => p.Message));

    [Fact]
    public void Validate_RequestThatNobodyRead_HasItsEnumerationsChecked()
    {
        var request = Definitions.One("\"memory\":64") with { NetworkMode = "overlay" };

        Assert.Contains(TaskDefinitionValidator.Validate(request), p =>
            p.Path == "networkMode" && p.Message.StartsWith("Invalid value 'overlay'", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_Override_NamesUnknownContainerAndWrongSizes()
    {
        var definition = Definitions.Register(Definitions.One("\"memory\":64"));
        var overrides = new TaskOverride
        {
            Cpu = "many",
            ContainerOverrides = [new ContainerOverride { Name = "db", Environment = [new NameValuePair { Name = "a=b" }] }],
        };

        Assert.Equal(
        [
            "overrides.cpu: Invalid 'cpu' setting for task. Found 'many'.",
            "overrides.containerOverrides[0].name: Override for container named db is not a container in the TaskDefinition.",
            "overrides.containerOverrides[0].environment[0].name: Environment variable name should not be null or empty and must not "
                + "contain '='.",
        ], TaskOverrideValidator.Validate(definition, overrides).Select(p => p.ToString()));
    }
}
