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
            "containerDefinitions[1].portMappings[1]: Port 80 is already published for another container of the task: any free port is "
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

    [Theory]
    [InlineData("\"secrets\":[{\"name\":\"S\",\"valueFrom\":\"p\"}]", "", "ecs.capability.secrets.ssm.environment-variables")]
    [InlineData("\"environmentFiles\":[{\"type\":\"s3\",\"value\":\"arn:aws:s3:::b/k.env\"}]", "", "ecs.capability.env-files.s3")]
    [InlineData("\"repositoryCredentials\":{\"credentialsParameter\":\"p\"}", "",
        "ecs.capability.private-registry-authentication.secretsmanager")]
    [InlineData("\"firelensConfiguration\":{\"type\":\"fluentbit\"}", "", "ecs.capability.firelens.fluentbit")]
    [InlineData("\"resourceRequirements\":[{\"type\":\"GPU\",\"value\":\"1\"}]", "", "ecs.capability.gpu-driver-version")]
    [InlineData("\"credentialSpecs\":[\"credentialspec:x\"]", "", "ecs.capability.gmsa")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"f\"}}]", "ecs.capability.efs")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"s3filesVolumeConfiguration\":{\"fileSystemArn\":\"f\"}}]",
        "ecs.capability.storage.s3-files")]
    [InlineData("", "\"volumes\":[{\"name\":\"v\",\"configuredAtLaunch\":true}]", "ecs.capability.storage.ebs-task-volume-attach")]
    public void Of_WhatTheProgramCannotDoWithout_StaysRequired(string container, string task, string attribute)
    {
        var adaptation = LocalAdaptation.Of(Definitions.Register(Definitions.One(container, task)));

        Assert.Contains(adaptation.RequiredAttributes, a => a.Name == attribute);
        Assert.Empty(adaptation.Notes);
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
