using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions.Checking;

public sealed class DefinitionCheckTests
{
    private static readonly MachineProfile Machine = new()
    {
        Attributes =
        [
            .. Named("ecs.capability.container-ordering", "ecs.capability.container-restart-policy",
                "com.amazonaws.ecs.capability.logging-driver.json-file", "ecs.capability.docker-plugin.local"),
            .. Named([.. Enumerable.Range(17, 28).Select(minor => $"com.amazonaws.ecs.capability.docker-remote-api.1.{minor}")]),
            new EcsAttribute { Name = "ecs.cpu-architecture", Value = "x86_64" },
            new EcsAttribute { Name = "rack", Value = "b" },
        ],
        Cpu = 4096,
        MemoryMiB = 8192,
        ReservedPorts = [22],
    };

    public static IEnumerable<TheoryDataRow<string>> Valid => Corpus.Files("valid").Select(file => new TheoryDataRow<string>(file));

    public static IEnumerable<TheoryDataRow<string>> Invalid => Corpus.Files("invalid").Select(file => new TheoryDataRow<string>(file));

    [Fact]
    public void Of_PlainDefinition_RunsEverywhereButOnFargate()
    {
        var report = Check("\"memory\":64");

        Assert.Equal(("shop", "web"), (report.Family, Assert.Single(report.Containers)));
        Assert.Empty(report.Mistakes);
        Assert.Empty(report.Warnings);
        Assert.Equal(
            [(CheckTarget.Local, true), (CheckTarget.Ec2, true), (CheckTarget.Fargate, false), (CheckTarget.External, true)],
            report.Targets.Select(target => (target.Target, target.CanRun)));
        Assert.Equal(
            ["family", "containerDefinitions", "containerDefinitions[0].name", "containerDefinitions[0].image", "containerDefinitions[0].memory"],
            report.Fields.Select(field => field.Path));
    }

    /// <summary>What ECS refuses; here for those rules that this command is looked at for. All of them are TaskDefinitionValidator's.</summary>
    [Theory]
    [InlineData("""[{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"START"}]},"""
        + """{"name":"b","image":"i","links":["a"]}]""", "containerDefinitions[0].dependsOn", "Dependency cycle between containers: a -> b -> a.")]
    [InlineData("""[{"name":"a","image":"i","dependsOn":[{"containerName":"a","condition":"START"}]},{"name":"c","image":"i"},"""
        + """{"name":"b","image":"i","links":["b"]}]""", "containerDefinitions[2].dependsOn", "Dependency cycle between containers: b -> b.")]
    [InlineData("""[{"name":"a","image":"i","dependsOn":[{"containerName":"x","condition":"START"}]}]""",
        "containerDefinitions[0].dependsOn[0].containerName", "Cannot depend on container + 'x' because it does not exist")]
    [InlineData("""[{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"HEALTHY"}]},{"name":"b","image":"i"}]""",
        "containerDefinitions[0].dependsOn[0].condition",
        "A dependency container with HEALTHY condition must have a healthCheck. 'b' has none.")]
    [InlineData("""[{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"SUCCESS"}]},{"name":"b","image":"i"}]""",
        "containerDefinitions[0].dependsOn[0].condition",
        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container. 'b' is essential.")]
    [InlineData("""[{"name":"a","image":"i","portMappings":[{"containerPort":1,"hostPort":80}]},"""
        + """{"name":"b","image":"i","portMappings":[{"containerPort":2,"hostPort":80}]}]""", "containerDefinitions[1].portMappings[0].hostPort",
        "Host port 80/tcp is already mapped by containerDefinitions[0].portMappings[0].")]
    [InlineData("""[{"name":"a","image":"i","memory":1025}]""", "containerDefinitions[0].memory",
        "Invalid setting for container 'a'. 'memory' (1025) must not be greater than the task 'memory' (1024).")]
    [InlineData("""[{"name":"a","image":"i","cpu":500},{"name":"b","image":"i","cpu":13}]""", "cpu",
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'. Found 513 of 512.")]
    public void Of_RuleThatEcsHas_NamesPlaceAndRule(string containers, string path, string rule)
    {
        var report = Of($$"""{"family":"f","cpu":"512","memory":"1024","containerDefinitions":{{containers}} }""");

        Assert.Contains(new DefinitionProblem(path, rule), report.Mistakes);
    }

    /// <summary>What ECS registers, and what yet can never work.</summary>
    [Theory]
    [InlineData("host", """[{"name":"a","image":"i","portMappings":[{"containerPort":80}]},"""
        + """{"name":"b","image":"i","portMappings":[{"containerPort":80,"protocol":"udp"},{"containerPort":80}]}]""",
        "containerDefinitions[1].portMappings[1].containerPort",
        "Port 80/tcp is already that of containerDefinitions[0].portMappings[0]: when networkMode=host, the containers of a task listen on the"
        + " same addresses.")]
    [InlineData("awsvpc", """[{"name":"a","image":"i","portMappings":[{"containerPort":80}]},"""
        + """{"name":"b","image":"i","portMappings":[{"containerPort":80}]}]""", "containerDefinitions[1].portMappings[0].containerPort",
        "Port 80/tcp is already that of containerDefinitions[0].portMappings[0]: when networkMode=awsvpc, the containers of a task listen on"
        + " the same addresses.")]
    [InlineData("bridge", """[{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"COMPLETE"}]},"""
        + """{"name":"b","image":"i","essential":false,"restartPolicy":{"enabled":true,"ignoredExitCodes":[3]}}]""",
        "containerDefinitions[0].dependsOn[0].condition",
        "Never COMPLETE: the restartPolicy of 'b' starts it again whenever it ends; ignoredExitCodes with 0 would let it end.")]
    [InlineData("bridge", """[{"name":"a","image":"i","mountPoints":[{"sourceVolume":"v","containerPath":"/d"},"""
        + """{"sourceVolume":"v","containerPath":"/d/"}]}]""", "containerDefinitions[0].mountPoints[1].containerPath",
        "Something is mounted at /d/ of 'a' already: Docker refuses a duplicate mount point.")]
    public void Of_WhatCanNeverWork_IsAMistake(string networkMode, string containers, string path, string rule)
    {
        var report = Of(
            $$"""
            {"family":"f","networkMode":"{{networkMode}}","memory":"512","volumes":[{"name":"v"}],"containerDefinitions":{{containers}} }
            """);

        Assert.Equal([new DefinitionProblem(path, rule)], report.Mistakes);
    }

    [Theory]
    [InlineData("\"memory\":64,\"linuxParameters\":{\"swappiness\":60}", "", "containerDefinitions[0].linuxParameters.swappiness",
        "ECS ignores swappiness where maxSwap is not given.")]
    [InlineData("\"memoryReservation\":64,\"linuxParameters\":{\"maxSwap\":60}", "", "containerDefinitions[0].linuxParameters.maxSwap",
        "Docker limits swap together with memory, and 'web' has no memory limit: its swap is not limited.")]
    [InlineData("\"memory\":64,\"environment\":[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\"},{\"name\":\"A\",\"value\":\"2\"}]", "",
        "containerDefinitions[0].environment[2].name", "The variable 'A' is given twice: the later value counts.")]
    [InlineData("\"memory\":64", "\"volumes\":[{\"name\":\"v\"}]", "volumes[0].name", "No container mounts the volume 'v'.")]
    public void Of_WhatIsHardlyMeant_IsAWarning(string container, string task, string path, string rule)
    {
        var report = Check(container, task);

        Assert.Equal([new DefinitionProblem(path, rule)], report.Warnings);
        Assert.Empty(report.Mistakes);
    }

    [Fact]
    public void Of_ContainersThatMayUseMoreThanTheTask_IsAWarning()
    {
        var report = Of("""
            {"family":"f","memory":"100","containerDefinitions":[{"name":"a","image":"i","memory":60,"memoryReservation":50},
              {"name":"b","image":"i","memory":60}]}
            """);

        Assert.Equal("memory", Assert.Single(report.Warnings).Path);
        Assert.Contains("may use 110 MiB", report.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TooLongADefinition_IsAMistake()
    {
        var report = Check($"\"memory\":64,\"environment\":[{{\"name\":\"A\",\"value\":\"{new string('x', 65_536)}\"}}]");

        var mistake = Assert.Single(report.Mistakes);
        Assert.Equal("$", mistake.Path);
        Assert.Matches(@"^Actual length: '\d{5}'\. Max allowed length is '65536' bytes\.$", mistake.Message);
    }

    [Theory]
    [InlineData(CheckTarget.Local, "\"secrets\":[{\"name\":\"S\",\"valueFrom\":\"p\"}]", "\"executionRoleArn\":\"r\"",
        "containerDefinitions[0].secrets", FindingKind.Refused, "No AWS account here to fetch the secrets of 'web' from;")]
    [InlineData(CheckTarget.Local, "\"logConfiguration\":{\"logDriver\":\"gelf\"}", "", "containerDefinitions[0].logConfiguration",
        FindingKind.Differs, "Log driver gelf becomes json-file")]
    [InlineData(CheckTarget.Local, "\"privileged\":true", "", "containerDefinitions[0].privileged", FindingKind.Refused,
        "The agent of this machine does not register com.amazonaws.ecs.capability.privileged-container: ECS_DISABLE_PRIVILEGED is set.")]
    [InlineData(CheckTarget.Local, "", "\"pidMode\":\"task\"", "pidMode", FindingKind.Refused,
        "The agent of this machine does not register ecs.capability.pid-ipc-namespace-sharing.")]
    [InlineData(CheckTarget.Local, "\"cpu\":4097", "", "containerDefinitions[0].cpu", FindingKind.Refused,
        "The task needs 4097 CPU units, this machine has 4096.")]
    [InlineData(CheckTarget.Local, "", "\"memory\":\"8193\"", "memory", FindingKind.Refused, "The task needs 8193 MiB, this machine has 8192.")]
    [InlineData(CheckTarget.Local, "\"memoryReservation\":8193", "", "containerDefinitions[0].memoryReservation", FindingKind.Refused,
        "The task needs 8193 MiB, this machine has 8192.")]
    [InlineData(CheckTarget.Local, "\"resourceRequirements\":[{\"type\":\"GPU\",\"value\":\"1\"}]", "",
        "containerDefinitions[0].resourceRequirements[0]", FindingKind.Refused, "The task needs 1 GPU, this machine has 0.")]
    [InlineData(CheckTarget.Local, "\"portMappings\":[{\"containerPort\":80,\"hostPort\":22}]", "",
        "containerDefinitions[0].portMappings[0]", FindingKind.Refused, "Host port 22 is reserved on this machine.")]
    [InlineData(CheckTarget.Local, "", "\"runtimePlatform\":{\"cpuArchitecture\":\"ARM64\"}", "runtimePlatform.cpuArchitecture",
        FindingKind.Refused, "This machine is no arm64 machine.")]
    [InlineData(CheckTarget.Local, "", "\"placementConstraints\":[{\"type\":\"memberOf\",\"expression\":\"attribute:rack == a\"}]",
        "placementConstraints[0].expression", FindingKind.Refused, "This machine does not match: attribute:rack == a.")]
    [InlineData(CheckTarget.Local, "", "\"placementConstraints\":[{\"type\":\"memberOf\",\"expression\":\"rack is a\"}]",
        "placementConstraints[0].expression", FindingKind.Refused, "Invalid placement constraint expression 'rack is a': ")]
    [InlineData(CheckTarget.Ec2, "\"logConfiguration\":{\"logDriver\":\"gelf\"}", "", "containerDefinitions[0].logConfiguration.logDriver",
        FindingKind.Needs, "ECS_AVAILABLE_LOGGING_DRIVERS with \"gelf\".")]
    [InlineData(CheckTarget.Ec2, "", "\"networkMode\":\"awsvpc\"", "networkMode", FindingKind.Needs, "ECS_ENABLE_TASK_ENI=true, in a VPC.")]
    [InlineData(CheckTarget.Ec2, "", "\"ephemeralStorage\":{\"sizeInGiB\":30}", "ephemeralStorage", FindingKind.Refused,
        "Only Fargate has ephemeralStorage")]
    [InlineData(CheckTarget.Ec2, "\"resourceRequirements\":[{\"type\":\"GPU\",\"value\":\"1\"}]", "",
        "containerDefinitions[0].resourceRequirements[0]", FindingKind.Needs, "A GPU instance")]
    [InlineData(CheckTarget.Ec2, "", "\"volumes\":[{\"name\":\"v\",\"dockerVolumeConfiguration\":{\"driver\":\"rexray/ebs\"}}]",
        "volumes[0].dockerVolumeConfiguration", FindingKind.Needs, "Docker's volume plugin rexray/ebs.")]
    [InlineData(CheckTarget.External, "", "\"networkMode\":\"awsvpc\"", "networkMode", FindingKind.Refused,
        "External instances do not support network mode awsvpc.")]
    [InlineData(CheckTarget.External, "", "\"volumes\":[{\"name\":\"v\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"f\"}}]",
        "volumes[0].efsVolumeConfiguration", FindingKind.Refused, "External instances do not support EFS volumes.")]
    [InlineData(CheckTarget.External, "", "\"volumes\":[{\"name\":\"v\",\"configuredAtLaunch\":true}]", "volumes[0].configuredAtLaunch",
        FindingKind.Refused, "External instances do not support EBS volumes")]
    [InlineData(CheckTarget.Fargate, "", "", "networkMode", FindingKind.Refused, "Fargate only supports network mode")]
    [InlineData(CheckTarget.Fargate, "\"hostname\":\"h\"", "", "containerDefinitions[0].hostname", FindingKind.Refused,
        "hostname is not supported on container when networkMode=awsvpc.")]
    [InlineData(CheckTarget.Fargate, "\"privileged\":true", "", "containerDefinitions[0].privileged", FindingKind.Refused,
        "Tasks using the Fargate launch type do not support privileged.")]
    [InlineData(CheckTarget.Fargate, "", "\"cpu\":\"512\",\"memory\":\"8192\"", "memory", FindingKind.Refused,
        "No Fargate configuration exists for given values: 512 CPU, 8192 memory.")]
    [InlineData(CheckTarget.Fargate, "", "\"cpu\":\"512\",\"runtimePlatform\":{\"operatingSystemFamily\":\"WINDOWS_SERVER_2022_CORE\"}", "cpu",
        FindingKind.Refused, "Windows on Fargate needs at least 1024 CPU units.")]
    [InlineData(CheckTarget.Fargate, "\"ulimits\":[{\"name\":\"core\",\"softLimit\":1,\"hardLimit\":1}]", "",
        "containerDefinitions[0].ulimits[0]", FindingKind.Differs, "Fargate lets only nofile be set")]
    [InlineData(CheckTarget.Fargate, "\"logConfiguration\":{\"logDriver\":\"awslogs\",\"options\":{\"awslogs-group\":\"g\"}}", "",
        "containerDefinitions[0].logConfiguration.options", FindingKind.Refused,
        "On Fargate, log driver awslogs needs the option awslogs-stream-prefix.")]
    public void Of_Target_SaysWhatItMakesOfAMember(
        CheckTarget target, string container, string task, string path, FindingKind kind, string text)
    {
        var found = Check(container, task).Targets.First(report => report.Target == target).Findings;

        Assert.Contains(found, finding => (finding.Path, finding.Kind) == (path, kind) && finding.Text.StartsWith(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"memory\":64,\"dependsOn\":[{\"containerName\":\"x\",\"condition\":\"START\"}],\"restartPolicy\":{\"enabled\":true}", "")]
    [InlineData("\"memory\":64,\"logConfiguration\":{\"logDriver\":\"json-file\"}", "")]
    [InlineData("\"memory\":64", "\"placementConstraints\":[{\"type\":\"memberOf\",\"expression\":\"attribute:rack == b\"}]")]
    [InlineData("\"memory\":64", "\"runtimePlatform\":{\"cpuArchitecture\":\"X86_64\"}")]
    [InlineData("\"memory\":64", "\"volumes\":[{\"name\":\"v\",\"dockerVolumeConfiguration\":{\"driver\":\"local\"}}]")]
    public void Of_WhatThisMachineOffers_FindsNothing(string container, string task) =>
        Assert.Empty(Check(container, task).Targets.First(target => target.Target == CheckTarget.Local).Findings);

    [Fact]
    public void Of_Fields_TellEachMembersFateOnEachTarget()
    {
        var report = Check(
            "\"memory\":64,\"logConfiguration\":{\"logDriver\":\"awslogs\",\"options\":{\"awslogs-group\":\"g\",\"awslogs-region\":\"r\"}}",
            "\"networkMode\":\"awsvpc\",\"ephemeralStorage\":{\"sizeInGiB\":30},\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]");

        (FieldOutcome, FieldOutcome, FieldOutcome, FieldOutcome) On(string path) => report.Fields.Where(field => field.Path == path)
            .Select(field => (field.Local, field.Ec2, field.Fargate, field.External)).Single();
        const FieldOutcome Ok = FieldOutcome.Honoured, Differs = FieldOutcome.Differs, Needs = FieldOutcome.Needs, No = FieldOutcome.Refused;
        const FieldOutcome None = FieldOutcome.NoEffect;
        Assert.Equal((Differs, Needs, Ok, No), On("networkMode"));
        Assert.Equal((Differs, No, Ok, No), On("ephemeralStorage.sizeInGiB"));
        Assert.Equal((None, None, None, None), On("tags[0].key"));
        Assert.Equal((Differs, Needs, Ok, Needs), On("containerDefinitions[0].logConfiguration.logDriver"));
        Assert.Equal((Differs, Ok, No, Ok), On("containerDefinitions[0].logConfiguration.options"));
        Assert.Equal((Ok, Ok, Ok, Ok), On("containerDefinitions[0].memory"));
    }

    [Fact]
    public void Of_UnreadableText_GivesItsMistakesAndNothingElse()
    {
        var report = Of("""{"family":"f","containerDefinitions":[{"name":"a","image":"i","memory":"64"}],"colour":1}""");

        Assert.Equal(["containerDefinitions[0].memory", "colour"], report.Mistakes.Select(mistake => mistake.Path));
        Assert.Empty(report.Targets);
        Assert.Empty(report.Fields);
        Assert.Null(report.Family);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Of_ValidCorpus_HasNoMistakesAndAFateForEveryMember(string file)
    {
        var report = DefinitionCheck.Of(new TaskDefinitionReadResult { Request = Corpus.Filled(file) }, Machine);

        Assert.Empty(report.Mistakes);
        Assert.Equal(4, report.Targets.Length);
        Assert.NotEmpty(report.Fields);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Of_InvalidCorpus_HasMistakes(string file) =>
        Assert.NotEmpty(DefinitionCheck.Of(Corpus.Read("invalid", file), Machine).Mistakes);

    /// <summary>Fargate is said to run a definition exactly when ECS lists it as compatible, or the documentation rules out a part of it.</summary>
    [Theory]
    [InlineData("030-anagram-cdk-describe.json", true)]
    [InlineData("057-gitlab-runner-describe-full-reply.json", true)]
    [InlineData("062-httpd-image1-describe-nulls.json", true)]
    [InlineData("071-splunk-otel-collector-describe-nulls.json", false)]
    [InlineData("077-weaviate-grpc-app-protocol.json", true)]
    [InlineData("080-youtube-efs-access-point-describe.json", true)]
    public void Of_RealExport_RunsOnFargateWhereEcsSaysSo(string file, bool runs) => Assert.Equal(
        runs,
        DefinitionCheck.Of(Corpus.Read("valid", file), Machine).Targets.First(target => target.Target == CheckTarget.Fargate).CanRun);

    private static IEnumerable<EcsAttribute> Named(params string[] names) => names.Select(name => new EcsAttribute { Name = name });

    private static DefinitionReport Of(string json) => DefinitionCheck.Of(TaskDefinitionReader.Read(json, "file"), Machine);

    private static DefinitionReport Check(string container, string task = "") =>
        DefinitionCheck.Of(new TaskDefinitionReadResult { Request = Definitions.One(container, task) }, Machine);
}
