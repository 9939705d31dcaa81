using Ecs.Agent.LocalControlPlane.TaskDefinitions;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

public sealed class TaskDefinitionReaderTests
{
    private const string Web = """{"name":"web","image":"busybox","memory":64}""";

    [Fact]
    public void Read_RegisterInput_IsTakenAsItIs()
    {
        var result = TaskDefinitionReader.Read($$"""{"family":"shop","containerDefinitions":[{{Web}}]}""", "file");

        Assert.Empty(result.Problems);
        Assert.Empty(result.Notes);
        Assert.Equal("shop", result.Request!.Family);
        Assert.Equal(64, Assert.Single(result.Request.ContainerDefinitions!).Memory);
    }

    [Fact]
    public void Read_DescribeReply_KeepsTagsBesideAndNotesReadOnlyMembers()
    {
        var result = TaskDefinitionReader.Read(
            $$$"""
            {"taskDefinition":{"family":"shop","revision":3,"status":"ACTIVE","containerDefinitions":[{{{Web}}}]},
             "tags":[{"key":"a","value":"b"}]}
            """,
            "file");

        Assert.Empty(result.Problems);
        Assert.Equal("a", Assert.Single(result.Request!.Tags!).Key);
        Assert.Equal(["Left out what only DescribeTaskDefinition returns: revision, status."], result.Notes);
    }

    [Fact]
    public void Read_UnknownMemberBesideWrapper_IsAProblem()
    {
        var result = TaskDefinitionReader.Read(
            $$$"""{"taskDefinition":{"family":"shop","containerDefinitions":[{{{Web}}}]},"service":{}}""", "file");

        Assert.Null(result.Request);
        Assert.Equal("service", Assert.Single(result.Problems).Path);
    }

    [Fact]
    public void Read_PlainList_GetsTheFallbackFamily()
    {
        var result = TaskDefinitionReader.Read($"[{Web}]", "my task.v2");

        Assert.Equal("my-task-v2", result.Request!.Family);
        Assert.Equal(["A plain list of container definitions: registered as family 'my-task-v2'."], result.Notes);
    }

    [Fact]
    public void Read_PlainListWithoutTaskLevelSettings_AssumesAndNotesThem()
    {
        const string Json = """
            [{"name":"a","image":"i","memoryReservation":100},
             {"name":"b","image":"i","secrets":[{"name":"S","valueFrom":"p"}],"mountPoints":[{"sourceVolume":"logs","containerPath":"/l"}]}]
            """;

        var result = TaskDefinitionReader.Read(Json, "f");

        Assert.Equal("612", result.Request!.Memory);
        Assert.Equal("ecsTaskExecutionRole", result.Request.ExecutionRoleArn);
        Assert.Equal("logs", Assert.Single(result.Request.Volumes!).Name);
        Assert.Equal(4, result.Notes.Length);
        Assert.Empty(TaskDefinitionValidator.Validate(result.Request));
    }

    [Fact]
    public void Read_Nulls_AreAbsentEverywhere()
    {
        var result = TaskDefinitionReader.Read(
            """
            {"family":"f","cpu":null,
             "containerDefinitions":[{"name":"a","image":"i","memory":64,"command":["x",null],"dockerLabels":{"k":null}}]}
            """, "f");

        Assert.Equal(["Took 3 null members as absent."], result.Notes);
        var container = result.Request!.ContainerDefinitions![0];
        Assert.Equal(["x"], container.Command!);
        Assert.Empty(container.DockerLabels!);
    }

    [Fact]
    public void Read_ByteOrderMark_IsIgnored() =>
        Assert.NotNull(TaskDefinitionReader.Read($$"""{{'\uFEFF'}}{"family":"f","containerDefinitions":[{{Web}}]}""", "f").Request);

    [Fact]
    public void Read_SyntaxErrorBehindWideCharacters_CountsCharacters()
    {
        var result = TaskDefinitionReader.Read("{\n  \"äöü\": oops\n}", "f");

        Assert.StartsWith("Not JSON: line 2 column 10: ", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"family":"f",}""")]
    public void Read_NotJson_IsOneProblem(string json) =>
        Assert.StartsWith("Not JSON: line 1 column ", Assert.Single(TaskDefinitionReader.Read(json, "f").Problems).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_Scalar_IsRefused() =>
        Assert.Equal("$", Assert.Single(TaskDefinitionReader.Read("42", "f").Problems).Path);

    [Fact]
    public void Read_ManyMistakes_ReportsAllInOrder()
    {
        const string Json = """
            {"famly":"f","networkMode":"bridged","containerDefinitions":[
              {"name":7,"image":"i","essential":"yes","cpu":"10","memory":1.5,"portMapping":[],
               "portMappings":{"containerPort":80},"logConfiguration":{"options":{"a":1}},"command":"run"},
              "text"]}
            """;

        var problems = TaskDefinitionReader.Read(Json, "f").Problems;

        Assert.Equal(
        [
            "famly: Unknown member 'famly' of RegisterTaskDefinitionRequest. Did you mean 'family'?",
            "networkMode: Invalid value 'bridged': must be one of bridge, host, awsvpc, none.",
            "containerDefinitions[0].name: Wrong type: found a number, must be a string; write it in quotes.",
            "containerDefinitions[0].essential: Wrong type: found the string \"yes\", must be true or false; write it without quotes.",
            "containerDefinitions[0].cpu: Wrong type: found the string \"10\", must be an integer; write it without quotes.",
            "containerDefinitions[0].memory: Invalid number 1.5: must be an integer between -2147483648 and 2147483647.",
            "containerDefinitions[0].portMapping: Unknown member 'portMapping' of ContainerDefinition. Did you mean 'portMappings'?",
            "containerDefinitions[0].portMappings: Wrong type: found an object, must be a list of PortMapping objects; put it in brackets.",
            "containerDefinitions[0].logConfiguration.options.a: Wrong type: found a number, must be a string; write it in quotes.",
            "containerDefinitions[0].logConfiguration.logDriver: Missing required member 'logDriver' of LogConfiguration: must be one "
                + "of json-file,"
                + " syslog, journald, gelf, fluentd, awslogs, splunk, awsfirelens.",
            "containerDefinitions[0].command: Wrong type: found a string, must be a list; put it in brackets.",
            "containerDefinitions[1]: Wrong type: found a string, must be an object.",
            "family: Missing required member 'family' of RegisterTaskDefinitionRequest: must be a string.",
        ], problems.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("""{"family":"f","family":"g","containerDefinitions":[]}""", "family")]
    [InlineData("""{"family":"f","containerDefinitions":[{"name":"a","name":"b"}]}""", "containerDefinitions[0].name")]
    [InlineData("""{"family":"f","containerDefinitions":[{"dockerLabels":{"a":"1","a":"2"}}]}""", "containerDefinitions[0].dockerLabels.a")]
    public void Read_MemberGivenTwice_IsAProblem(string json, string path)
    {
        var problem = Assert.Single(TaskDefinitionReader.Read(json, "f").Problems, p => p.Path == path);

        Assert.EndsWith("is given twice.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EnvironmentValueOfWrongType_DoesNotShowIt()
    {
        var problems = TaskDefinitionReader.Read(
            """{"family":"f","containerDefinitions":[{"environment":[{"name":"PASSWORD","value":4711}]}]}""", "f").Problems;

        Assert.Contains(problems, p => p.Path == "containerDefinitions[0].environment[0].value");
        Assert.All(problems, p => Assert.DoesNotContain("4711", p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_MistakesOfShapeAndBrokenRules_AreToldTogetherAndOnce()
    {
        var problems = TaskDefinitionReader.Read(
            """
            {"family":"x y","cpu":"lots","containerDefinitions":[
              {"name":"web","image":"i","memory":64,"portMappings":[{"containerPort":"80"}],"dependsOn":[{"containerName":"db","condition":"START"}]}]}
            """,
            "f").Problems;

        Assert.Equal(
            ["containerDefinitions[0].portMappings[0].containerPort", "family", "cpu", "containerDefinitions[0].dependsOn[0].containerName"],
            problems.Select(p => p.Path));
    }

    [Fact]
    public void Read_TrailingComma_IsToldInPlainWords()
    {
        var problem = Assert.Single(TaskDefinitionReader.Read("""{"family":"f","containerDefinitions":[],}""", "f").Problems);

        Assert.Equal("Not JSON: line 1 column 41: The JSON object contains a trailing comma", problem.Message);
    }
}
