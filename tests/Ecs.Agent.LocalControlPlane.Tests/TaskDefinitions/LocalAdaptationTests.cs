using Ecs.Agent.LocalControlPlane.TaskDefinitions;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

public sealed class LocalAdaptationTests
{
    [Fact]
    public void Of_PlainBridgeDefinition_ChangesNothing()
    {
        var definition = Definitions.Register(
            Definitions.One("\"memory\":64,\"portMappings\":[{\"containerPort\":80}],\"logConfiguration\":{\"logDriver\":\"json-file\"}"));

        var adaptation = LocalAdaptation.Of(definition);

        Assert.Empty(adaptation.Notes);
        Assert.Empty(adaptation.Problems);
        Assert.Equal(definition.ContainerDefinitions![0].PortMappings, adaptation.Definition.ContainerDefinitions![0].PortMappings);
        Assert.Equal(definition.RequiresAttributes!.Select(a => a.Name), adaptation.RequiredAttributes.Select(a => a.Name));
    }

    [Fact]
    public void Of_FargateDefinition_RunsOnBridgeWithItsPortsPublished()
    {
        var adaptation = Adapt("""
            {"family":"f","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512","containerDefinitions":[
              {"name":"a","image":"i","portMappings":[{"containerPort":80},{"containerPort":53,"protocol":"udp"}]},
              {"name":"b","image":"i","portMappings":[{"containerPort":53},{"containerPort":80}]}]}
            """);

        Assert.Equal("bridge", adaptation.Definition.NetworkMode);
        Assert.Equal(["EC2"], adaptation.Definition.RequiresCompatibilities!);
        Assert.Equal([80, 53, 53, 0], adaptation.Definition.ContainerDefinitions!.SelectMany(c => c.PortMappings!)
            .Select(p => p.HostPort!.Value));
        Assert.Equal(
        [
            "networkMode: A Fargate task in awsvpc mode runs as bridge on this machine: container ports are published on its ports of "
                + "the same number;"
                + " containers do not share localhost, they reach each other through the published ports.",
            "containerDefinitions[1].portMappings[1].hostPort: Port 80 is already published for another container of the task: any free port is "
                + "used.",
        ], adaptation.Notes.Select(n => n.ToString()));
        Assert.Empty(adaptation.RequiredAttributes);
    }

    [Fact]
    public void Of_ImageInEcr_IsUsedAsItIsOnThisMachine()
    {
        var adaptation = Adapt("""
            {"family":"f","executionRoleArn":"r","containerDefinitions":[
              {"name":"a","image":"123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:1","memory":64}]}
            """);

        Assert.Contains(
            "containerDefinitions[0].image: No AWS account here to pull from ECR with: the image of 'a' must be on this machine already.",
            adaptation.Notes.Select(n => n.ToString()));
        Assert.DoesNotContain(adaptation.RequiredAttributes, a => a.Name!.Contains("ecr", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("awslogs")]
    [InlineData("splunk")]
    [InlineData("awsfirelens")]
    [InlineData("fluentd")]
    [InlineData("gelf")]
    [InlineData("syslog")]
    [InlineData("journald")]
    public void Of_OtherLogDriver_BecomesJsonFileWithoutItsOptionsAndSecrets(string driver)
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Definitions.One(
            $$$"""
            "memory":64,"logConfiguration":{"logDriver":"{{{driver}}}","options":{"awslogs-group":"g","mode":"non-blocking","tag":"t"},
            "secretOptions":[{"name":"x","valueFrom":"p"}]}
            """)));

        var log = adaptation.Definition.ContainerDefinitions![0].LogConfiguration!;
        Assert.Equal("json-file", log.LogDriver);
        Assert.Equal(["mode", "tag"], log.Options!.Keys.Order());
        Assert.Null(log.SecretOptions);
        Assert.Equal(
            $"containerDefinitions[0].logConfiguration: Log driver {driver} becomes json-file: the output of 'web' stays on this machine.",
            Assert.Single(adaptation.Notes).ToString());
        Assert.DoesNotContain(adaptation.RequiredAttributes, a => a.Name!.Contains(driver, StringComparison.Ordinal));
        Assert.Contains(adaptation.RequiredAttributes, a => a.Name == "com.amazonaws.ecs.capability.logging-driver.json-file");
    }

    [Fact]
    public void Of_LogDriverThatTheAgentsAreSetUpFor_IsKept()
    {
        var definition = Definitions.Register(Definitions.One(
            "\"memory\":64,\"logConfiguration\":{\"logDriver\":\"syslog\",\"options\":{\"syslog-address\":\"udp://127.0.0.1:514\"}}"));

        var adaptation = LocalAdaptation.Of(definition, "json-file", "syslog");

        Assert.Equal(definition.ContainerDefinitions![0].LogConfiguration, adaptation.Definition.ContainerDefinitions![0].LogConfiguration);
        Assert.Empty(adaptation.Notes);
        Assert.Contains(adaptation.RequiredAttributes, a => a.Name == "com.amazonaws.ecs.capability.logging-driver.syslog");
    }

    [Fact]
    public void Of_KeptLogDriverWithSecrets_IsAProblem()
    {
        var adaptation = LocalAdaptation.Of(
            Definitions.Register(Definitions.One(
                "\"memory\":64,\"logConfiguration\":{\"logDriver\":\"splunk\",\"secretOptions\":[{\"name\":\"splunk-token\",\"valueFrom\":\"p\"}]}")),
            "splunk");

        Assert.Equal(
            "containerDefinitions[0].logConfiguration.secretOptions: No AWS account here to fetch the secrets of the log driver of 'web' from; for"
            + " a local run, put values into its options.", Assert.Single(adaptation.Problems).ToString());
    }

    [Fact]
    public void Of_Firelens_IsNeverKept() => Assert.Equal(
        "json-file",
        LocalAdaptation.Of(
            Definitions.Register(Definitions.One("\"memory\":64,\"logConfiguration\":{\"logDriver\":\"awsfirelens\"}")), "awsfirelens")
            .Definition.ContainerDefinitions![0].LogConfiguration!.LogDriver);

    [Theory]
    [InlineData("\"resourceRequirements\":[{\"type\":\"GPU\",\"value\":\"1\"}]", "", "ecs.capability.gpu-driver-version")]
    [InlineData("\"credentialSpecs\":[\"credentialspec:x\"]", "", "ecs.capability.gmsa")]
    [InlineData("", "\"pidMode\":\"task\"", "ecs.capability.pid-ipc-namespace-sharing")]
    [InlineData("\"privileged\":true", "", "com.amazonaws.ecs.capability.privileged-container")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"dockerVolumeConfiguration\":{\"driver\":\"rexray/ebs\"}}]",
        "ecs.capability.docker-plugin.rexray/ebs")]
    public void Of_WhatTheProgramCannotDoWithout_StaysRequired(string container, string task, string attribute)
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Definitions.One(container, task)));

        Assert.Contains(adaptation.RequiredAttributes, a => a.Name == attribute);
        Assert.Empty(adaptation.Notes);
    }

    [Theory]
    [InlineData("\"secrets\":[{\"name\":\"S\",\"valueFrom\":\"p\"}]", "", "containerDefinitions[0].secrets",
        "No AWS account here to fetch the secrets of 'web' from; for a local run, put values into its environment.")]
    [InlineData("\"environmentFiles\":[{\"type\":\"s3\",\"value\":\"arn:aws:s3:::b/k.env\"}]", "",
        "containerDefinitions[0].environmentFiles",
        "No AWS account here to fetch the environment files of 'web' with; for a local run, put their variables into its environment.")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"f\"}}]",
        "volumes[0].efsVolumeConfiguration", "No AWS account here: the EFS file system of volume 'v' cannot be reached; for a local run, make"
        + " it an empty volume or give it a host.sourcePath.")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"s3filesVolumeConfiguration\":{\"fileSystemArn\":\"f\"}}]",
        "volumes[0].s3filesVolumeConfiguration", "No AWS account here: the S3 file system of volume 'v' cannot be reached; for a local run,"
        + " make it an empty volume or give it a host.sourcePath.")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"fsxWindowsFileServerVolumeConfiguration\":{\"fileSystemId\":\"f\","
            + "\"rootDirectory\":\"r\",\"authorizationConfig\":{\"credentialsParameter\":\"c\",\"domain\":\"d\"}}}]",
        "volumes[0].fsxWindowsFileServerVolumeConfiguration", "No AWS account here: the FSx file system of volume 'v' cannot be reached; for"
        + " a local run, make it an empty volume or give it a host.sourcePath.")]
    public void Of_WhatOnlyAnAccountCanGive_IsAProblem(string container, string task, string path, string message)
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Definitions.One(container, task)));

        Assert.Equal((path, message), (Assert.Single(adaptation.Problems).Path, adaptation.Problems[0].Message));
        Assert.Empty(adaptation.Notes);
    }

    [Fact]
    public void Of_EbsVolume_BecomesAnEmptyOne()
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(
            Definitions.One("\"memory\":64", "\"volumes\":[{\"name\":\"v\",\"configuredAtLaunch\":true}]")));

        var volume = Assert.Single(adaptation.Definition.Volumes!);
        Assert.Equal((null, ""), (volume.ConfiguredAtLaunch, volume.Host!.SourcePath ?? ""));
        Assert.Equal(
            "volumes[0].configuredAtLaunch: No EBS here: volume 'v' is an empty volume on the disk of this machine, removed with the task.",
            Assert.Single(adaptation.Notes).ToString());
        Assert.Empty(adaptation.RequiredAttributes);
    }

    [Theory]
    [InlineData("\"firelensConfiguration\":{\"type\":\"fluentbit\",\"options\":{\"config-file-type\":\"s3\"}}",
        "containerDefinitions[0].firelensConfiguration: No FireLens here: 'web' runs as any other container, with the configuration of its"
        + " image, and gets no logs.")]
    [InlineData("\"repositoryCredentials\":{\"credentialsParameter\":\"p\"}",
        "containerDefinitions[0].repositoryCredentials: No AWS account here to ask for the password of the registry: the image of 'web' must be"
        + " on this machine already, public, or covered by ECS_ENGINE_AUTH_DATA.")]
    public void Of_WhatAProgramCanRunWithout_IsLeftOutWithANote(string members, string note)
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Definitions.One($"\"memory\":64,{members}")));

        Assert.Equal(note, Assert.Single(adaptation.Notes).ToString());
        Assert.Empty(adaptation.RequiredAttributes);
        Assert.Empty(adaptation.Problems);
        Assert.Equal((null, null), (adaptation.Definition.ContainerDefinitions![0].FirelensConfiguration,
            adaptation.Definition.ContainerDefinitions[0].RepositoryCredentials));
    }

    [Fact]
    public void Of_Roles_AreNotAssumedAndNotRequired()
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Definitions.One("\"memory\":64",
            "\"taskRoleArn\":\"t\",\"executionRoleArn\":\"e\"")));

        Assert.Equal((null, null), (adaptation.Definition.TaskRoleArn, adaptation.Definition.ExecutionRoleArn));
        Assert.Equal(["taskRoleArn", "executionRoleArn"], adaptation.Notes.Select(n => n.Path));
        Assert.Empty(adaptation.RequiredAttributes);
    }

    [Fact]
    public void Of_WindowsPlatform_IsAProblem()
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Definitions.One(
            "\"memory\":64", "\"runtimePlatform\":{\"operatingSystemFamily\":\"WINDOWS_SERVER_2022_CORE\"}")));

        Assert.Equal("runtimePlatform.operatingSystemFamily", Assert.Single(adaptation.Problems).Path);
    }

    [Theory]
    [InlineData("ARM64", "arm64")]
    [InlineData("X86_64", "x86_64")]
    public void Of_CpuArchitecture_IsRequiredByValue(string architecture, string value)
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Definitions.One(
            "\"memory\":64", $"\"runtimePlatform\":{{\"operatingSystemFamily\":\"LINUX\",\"cpuArchitecture\":\"{architecture}\"}}")));

        var attribute = Assert.Single(adaptation.RequiredAttributes);
        Assert.Equal(("ecs.cpu-architecture", value), (attribute.Name, attribute.Value));
        Assert.Empty(adaptation.Problems);
    }

    private static LocalAdaptation Adapt(string json) => LocalAdaptation.Of(Definitions.Register(Definitions.Request(json)));
}
