using System.Text.Json;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

public sealed class TaskDefinitionRegistrationTests
{
    [Fact]
    public void Register_MinimalDefinition_ShowsTheDefaults()
    {
        var definition = Definitions.Register(Definitions.One(
            "\"memory\":64,\"portMappings\":[{\"containerPort\":80}],\"healthCheck\":{\"command\":[\"CMD\",\"x\"]}",
            "\"cpu\":\".25 vCPU\",\"memory\":\"1 GB\",\"volumes\":[{\"name\":\"v\"},{\"name\":\"d\",\"dockerVolumeConfiguration\":{}},"
                + "{\"name\":\"e\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"fs-1\"}}]"));

        var container = Assert.Single(definition.ContainerDefinitions!);
        Assert.Equal(("ACTIVE", 9, Definitions.Arn, "256", "1024"),
            (definition.Status, definition.Revision, definition.TaskDefinitionArn, definition.Cpu, definition.Memory));
        Assert.Null(definition.NetworkMode);
        Assert.Empty(definition.PlacementConstraints!);
        Assert.Equal((0, true), (container.Cpu, container.Essential));
        Assert.Empty(container.Environment!);
        Assert.Empty(container.MountPoints!);
        Assert.Empty(container.VolumesFrom!);
        Assert.Empty(container.SystemControls!);
        Assert.Equal(("tcp", 0), (container.PortMappings![0].Protocol, container.PortMappings[0].HostPort));
        Assert.Equal((30, 5, 3, null), (container.HealthCheck!.Interval, container.HealthCheck.Timeout, container.HealthCheck.Retries,
            container.HealthCheck.StartPeriod));
        Assert.NotNull(definition.Volumes![0].Host);
        Assert.Equal(("task", "local"),
            (definition.Volumes[1].DockerVolumeConfiguration!.Scope, definition.Volumes[1].DockerVolumeConfiguration!.Driver));
        Assert.Equal("/", definition.Volumes[2].EfsVolumeConfiguration!.RootDirectory);
    }

    [Theory]
    [InlineData("awsvpc", 80)]
    [InlineData("host", 80)]
    [InlineData("bridge", 0)]
    public void Register_PortWithoutHostPort_FollowsTheNetworkMode(string mode, int hostPort)
    {
        var definition = Definitions.Register(Definitions.One("\"memory\":64,\"portMappings\":[{\"containerPort\":80}]",
            $"\"networkMode\":\"{mode}\""));

        Assert.Equal(hostPort, definition.ContainerDefinitions![0].PortMappings![0].HostPort);
    }

    // What the service itself answered, as found in these exports; placeholders that hide an ECR image are filled in first.
    [Theory]
    [InlineData("030-anagram-cdk-describe.json")]
    [InlineData("057-gitlab-runner-describe-full-reply.json")]
    [InlineData("062-httpd-image1-describe-nulls.json")]
    [InlineData("066-renter-web-fault-injection-false-describe.json")]
    [InlineData("068-selenium-chrome-describe-nulls.json")]
    [InlineData("075-teamspeak-bridge-udp-describe.json")]
    [InlineData("077-weaviate-grpc-app-protocol.json")]
    [InlineData("080-youtube-efs-access-point-describe.json")]
    public void Register_RealExport_RequiresTheAttributesThatEcsListed(string file)
    {
        var text = Corpus.Text("valid", file)
            .Replace("<IMAGE1_NAME>", "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1", StringComparison.Ordinal)
            .Replace("<ACCOUNT_ID>", "123456789012", StringComparison.Ordinal);
        using var export = JsonDocument.Parse(text);
        var described = export.RootElement.TryGetProperty("taskDefinition", out var inner) ? inner : export.RootElement;
        var listed = described.GetProperty("requiresAttributes").EnumerateArray().Select(a => a.GetProperty("name").GetString());

        var definition = Definitions.Register(TaskDefinitionReader.Read(text, "f").Request!);

        Assert.Equal(listed.Order(), definition.RequiresAttributes!.Select(a => a.Name).Order());
    }

    [Theory]
    [InlineData("030-anagram-cdk-describe.json", "EC2,FARGATE")]
    [InlineData("057-gitlab-runner-describe-full-reply.json", "EC2,FARGATE")]
    [InlineData("062-httpd-image1-describe-nulls.json", "EC2,FARGATE")]
    [InlineData("071-splunk-otel-collector-describe-nulls.json", "EXTERNAL,EC2")]
    [InlineData("077-weaviate-grpc-app-protocol.json", "EC2,FARGATE")]
    [InlineData("080-youtube-efs-access-point-describe.json", "EC2,FARGATE")]
    public void Register_RealExport_HasTheCompatibilitiesThatEcsListed(string file, string compatibilities) =>
        Assert.Equal(compatibilities, string.Join(',', Definitions.Register(Corpus.Request(file)).Compatibilities!));

    [Theory]
    [InlineData("\"privileged\":true", "com.amazonaws.ecs.capability.privileged-container")]
    [InlineData("\"dependsOn\":[{\"containerName\":\"x\",\"condition\":\"START\"}]", "ecs.capability.container-ordering")]
    [InlineData("\"stopTimeout\":5", "ecs.capability.container-ordering")]
    [InlineData("\"restartPolicy\":{\"enabled\":true}", "ecs.capability.container-restart-policy")]
    [InlineData("\"portMappings\":[{\"containerPortRange\":\"1-2\"}]", "ecs.capability.network.container-port-range")]
    [InlineData("\"environmentFiles\":[{\"type\":\"s3\",\"value\":\"arn:aws:s3:::b/k.env\"}]", "ecs.capability.env-files.s3")]
    [InlineData("\"repositoryCredentials\":{\"credentialsParameter\":\"p\"}",
        "ecs.capability.private-registry-authentication.secretsmanager")]
    [InlineData("\"secrets\":[{\"name\":\"S\",\"valueFrom\":\"p\"}]", "ecs.capability.secrets.ssm.environment-variables")]
    [InlineData("\"secrets\":[{\"name\":\"S\",\"valueFrom\":\"arn:aws:secretsmanager:r:1:secret:s\"}]",
        "ecs.capability.secrets.asm.environment-variables")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"splunk\",\"secretOptions\":[{\"name\":\"t\",\"valueFrom\":\"p\"}]}",
        "ecs.capability.secrets.ssm.bootstrap.log-driver")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"awsfirelens\",\"options\":{\"log-driver-buffer-limit\":\"1\"}}",
        "ecs.capability.logging-driver.awsfirelens.log-driver-buffer-limit")]
    [InlineData("\"logConfiguration\":{\"logDriver\":\"gelf\"}", "com.amazonaws.ecs.capability.logging-driver.gelf")]
    [InlineData("\"firelensConfiguration\":{\"type\":\"fluentbit\",\"options\":{\"config-file-type\":\"s3\"}}",
        "ecs.capability.firelens.options.config.s3")]
    [InlineData("\"firelensConfiguration\":{\"type\":\"fluentd\"}", "ecs.capability.firelens.fluentd")]
    [InlineData("\"dockerSecurityOptions\":[\"credentialspec:file://x\"]", "ecs.capability.gmsa")]
    [InlineData("\"credentialSpecs\":[\"credentialspecdomainless:x\"]", "ecs.capability.gmsa-domainless")]
    [InlineData("\"linuxParameters\":{\"initProcessEnabled\":true}", "com.amazonaws.ecs.capability.docker-remote-api.1.25")]
    [InlineData("\"linuxParameters\":{\"tmpfs\":[{\"containerPath\":\"/t\",\"size\":1}]}",
        "com.amazonaws.ecs.capability.docker-remote-api.1.22")]
    [InlineData("\"dockerSecurityOptions\":[\"no-new-privileges\"]", "com.amazonaws.ecs.capability.docker-remote-api.1.23")]
    [InlineData("\"healthCheck\":{\"command\":[\"CMD\",\"x\"]}", "com.amazonaws.ecs.capability.docker-remote-api.1.24")]
    public void Register_ContainerFeature_RequiresItsAttribute(string members, string attribute) =>
        Assert.Contains(attribute, Definitions.Register(Definitions.One(members)).RequiresAttributes!.Select(a => a.Name));

    [Theory]
    [InlineData("\"pidMode\":\"task\"", "ecs.capability.pid-ipc-namespace-sharing")]
    [InlineData("\"ipcMode\":\"none\"", "com.amazonaws.ecs.capability.docker-remote-api.1.32")]
    [InlineData("\"proxyConfiguration\":{\"containerName\":\"web\"}", "ecs.capability.aws-appmesh")]
    [InlineData("\"inferenceAccelerators\":[{\"deviceName\":\"d\",\"deviceType\":\"t\"}]", "ecs.capability.task-eia")]
    [InlineData("\"enableFaultInjection\":true", "ecs.capability.fault-injection")]
    [InlineData("\"networkMode\":\"host\",\"taskRoleArn\":\"r\"", "com.amazonaws.ecs.capability.task-iam-role-network-host")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"dockerVolumeConfiguration\":{\"driver\":\"rexray/ebs:latest\"}}]",
        "ecs.capability.docker-plugin.rexray/ebs.latest")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"s3filesVolumeConfiguration\":{\"fileSystemArn\":\"a\"}}]",
        "ecs.capability.storage.s3-files")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"configuredAtLaunch\":true}]", "ecs.capability.storage.ebs-task-volume-attach")]
    [InlineData(
        "\"volumes\":[{\"name\":\"v\",\"fsxWindowsFileServerVolumeConfiguration\":{\"fileSystemId\":\"f\",\"rootDirectory\":\"d\","
            + "\"authorizationConfig\":{\"credentialsParameter\":\"c\",\"domain\":\"d\"}}}]", "ecs.capability.fsxWindowsFileServer")]
    public void Register_TaskFeature_RequiresItsAttribute(string members, string attribute) =>
        Assert.Contains(attribute, Definitions.Register(Definitions.One("", members)).RequiresAttributes!.Select(a => a.Name));

    [Fact]
    public void Register_PlainBridgeTask_RequiresNothing() =>
        Assert.Empty(Definitions.Register(Definitions.One("\"memory\":64")).RequiresAttributes!);
}
