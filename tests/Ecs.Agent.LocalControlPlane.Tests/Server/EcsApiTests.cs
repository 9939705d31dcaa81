using System.Net;
using System.Text.Json.Nodes;

namespace Ecs.Agent.LocalControlPlane.Tests.Server;

public sealed class EcsApiTests
{
    [Fact]
    public async Task Answers_AreAwsJson()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();

        using var response = await controlPlane.SendAsync("CreateCluster", "{}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-amz-json-1.1", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.Contains("x-amzn-RequestId"));
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(ControlPlaneFixture.Soon))!;
        Assert.Equal("arn:aws:ecs:us-east-1:000000000000:cluster/default", (string)body["cluster"]!["clusterArn"]!);
        Assert.Equal("ACTIVE", (string)body["cluster"]!["status"]!);
    }

    [Fact]
    public async Task Errors_CarryTypeInHeaderAndBody()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();

        using var response = await controlPlane.SendAsync("ListTasks", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("ClusterNotFoundException", response.Headers.GetValues("X-Amzn-ErrorType").Single());
        Assert.Equal(
            """{"__type":"ClusterNotFoundException","message":"Cluster not found."}""",
            await response.Content.ReadAsStringAsync(ControlPlaneFixture.Soon));
    }

    [Theory]
    [InlineData("NoSuchThing", "{}", "UnknownOperationException", "NoSuchThing is not an operation of this control plane.")]
    [InlineData("RunTask", "{", "SerializationException", "The request body cannot be read at byte 1 of line 1.")]
    [InlineData("RunTask", """{"count":"two"}""", "SerializationException", "The request body cannot be read at $.count.")]
    [InlineData("RunTask", "null", "SerializationException", "The request body must be a JSON object.")]
    [InlineData("RunTask", """{"count":11}""", "InvalidParameterException", "count must be between 1 and 10.")]
    [InlineData("RunTask", """{"count":0}""", "InvalidParameterException", "count must be between 1 and 10.")]
    [InlineData("RunTask", """{"cluster":"x","taskDefinition":"web"}""", "ClusterNotFoundException", "Cluster not found.")]
    [InlineData("RunTask", "{}", "InvalidParameterException", "TaskDefinition cannot be empty.")]
    [InlineData("RunTask", """{"taskDefinition":"none"}""", "ClientException", "TaskDefinition not found.")]
    [InlineData(
        "RunTask", """{"taskDefinition":"web"}""", "InvalidParameterException", "No Container Instances were found in your cluster.")]
    [InlineData(
        "RunTask",
        """{"taskDefinition":"web","launchType":"MOON"}""",
        "InvalidParameterException",
        "launchType must be one of EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES.")]
    [InlineData(
        "RunTask",
        """{"taskDefinition":"web","overrides":{"containerOverrides":[{"name":"ghost"}]}}""",
        "InvalidParameterException",
        "Override for container named ghost is not a container in the TaskDefinition.")]
    [InlineData(
        "RunTask",
        """{"taskDefinition":"web","networkConfiguration":{"awsvpcConfiguration":{"subnets":["s"]}}}""",
        "InvalidParameterException",
        "Network Configuration is not valid for the given networkMode of this task definition.")]
    [InlineData(
        "RunTask",
        """{"taskDefinition":"web","capacityProviderStrategy":[{"capacityProvider":"asg"}]}""",
        "InvalidParameterException",
        "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster.")]
    [InlineData(
        "RunTask",
        """{"taskDefinition":"web","placementConstraints":[{"type":"memberOf","expression":"x"}]}""",
        "InvalidParameterException",
        "Invalid placement constraint expression 'x': 'x' is not something an instance can be asked for.")]
    [InlineData("StartTask", """{"taskDefinition":"web"}""", "InvalidParameterException", "Container instances cannot be empty.")]
    [InlineData("StopTask", """{"task":"0123"}""", "InvalidParameterException", "The referenced task was not found.")]
    [InlineData("DescribeTasks", """{"tasks":[]}""", "InvalidParameterException", "Tasks cannot be empty.")]
    [InlineData(
        "DescribeTasks",
        """{"tasks":["arn:aws:ecs:us-east-1:000000000000:task/other/1"]}""",
        "InvalidParameterException",
        "Invalid identifier: Identifier is for cluster other. Your cluster is default")]
    [InlineData(
        "ListTasks",
        """{"desiredStatus":"GONE"}""",
        "InvalidParameterException",
        "desiredStatus must be one of RUNNING, PENDING, STOPPED.")]
    [InlineData("ListTasks", """{"maxResults":101}""", "InvalidParameterException", "maxResults must be between 1 and 100.")]
    [InlineData("ListTasks", """{"nextToken":"?"}""", "InvalidParameterException", "Invalid token.")]
    [InlineData("ListTasks", """{"serviceName":"api"}""", "ServiceNotFoundException", "Service not found.")]
    [InlineData("DescribeTaskDefinition", """{"taskDefinition":"web:7"}""", "ClientException", "Unable to describe task definition.")]
    [InlineData(
        "DeregisterTaskDefinition", """{"taskDefinition":"web:7"}""", "ClientException", "The specified task definition does not exist.")]
    [InlineData("RegisterContainerInstance", """{"cluster":"x"}""", "ClientException", "Cluster not found.")]
    [InlineData(
        "SubmitTaskStateChange",
        """{"task":"t","status":"DANCING"}""",
        "InvalidParameterException",
        "status must be one of PENDING, RUNNING, STOPPED.")]
    [InlineData(
        "CreateCluster",
        """{"clusterName":"no blanks"}""",
        "InvalidParameterException",
        "Invalid cluster name: 1 to 255 letters, digits, hyphens and underscores are allowed.")]
    public async Task Call_ThatIsWrong_IsRefusedWithCodeAndText(string operation, string body, string code, string message)
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await controlPlane.OkAsync("CreateCluster", "{}");
        await controlPlane.RegisterWebAsync();

        Assert.Equal((code, message), await controlPlane.RefusedAsync(operation, body));
    }

    [Theory]
    [InlineData("DescribeTasks", "tasks", "taskIds can have at most 100 items.")]
    [InlineData("DescribeContainerInstances", "containerInstances", "instanceIds can have at most 100 items.")]
    [InlineData("DescribeClusters", "clusters", "clusters can have at most 100 items.")]
    public async Task Describe_OfMoreThanAHundred_IsRefused(string operation, string member, string message)
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await controlPlane.OkAsync("CreateCluster", "{}");
        var ids = new JsonArray([.. Enumerable.Range(0, 101).Select(n => JsonValue.Create($"id{n}"))]);

        Assert.Equal(
            ("InvalidParameterException", message),
            await controlPlane.RefusedAsync(operation, new JsonObject { [member] = ids }.ToJsonString()));
    }

    [Fact]
    public async Task TaskDefinition_WithSeveralMistakes_IsRefusedNamingAll()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();

        var (code, message) = await controlPlane.RefusedAsync(
            "RegisterTaskDefinition", """{"family":"bad family","containerDefinitions":[{"name":"a","memory":64}]}""");

        Assert.Equal("ClientException", code);
        Assert.Contains("family:", message, StringComparison.Ordinal);
        Assert.Contains("containerDefinitions[0].image:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TaskDefinitions_OfAFamily_CountUpAndCanBeDeregistered()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await controlPlane.OkAsync("CreateCluster", "{}");
        var first = await controlPlane.RegisterWebAsync();
        var second = await controlPlane.RegisterWebAsync();

        Assert.Equal("arn:aws:ecs:us-east-1:000000000000:task-definition/web:2", second);
        Assert.Equal((second, "ACTIVE"), await DescribedAsync("web"));

        var gone = await controlPlane.OkAsync("DeregisterTaskDefinition", """{"taskDefinition":"web:2"}""");

        Assert.Equal("INACTIVE", (string)gone["taskDefinition"]!["status"]!);
        Assert.Equal((first, "ACTIVE"), await DescribedAsync("web"));
        Assert.Equal((second, "INACTIVE"), await DescribedAsync(second));
        Assert.Equal([first], Arns(await controlPlane.OkAsync("ListTaskDefinitions", "{}"), "taskDefinitionArns"));
        var inactive = await controlPlane.OkAsync("ListTaskDefinitions", """{"status":"INACTIVE","familyPrefix":"web"}""");
        Assert.Equal([second], Arns(inactive, "taskDefinitionArns"));
        Assert.Empty(Arns(await controlPlane.OkAsync("ListTaskDefinitions", """{"familyPrefix":"we"}"""), "taskDefinitionArns"));
        Assert.Equal(
            ("InvalidParameterException", "TaskDefinition is inactive"),
            await controlPlane.RefusedAsync("RunTask", """{"taskDefinition":"web:2"}"""));

        async Task<(string Arn, string Status)> DescribedAsync(string name)
        {
            var answer = await controlPlane.OkAsync("DescribeTaskDefinition", $$"""{"taskDefinition":"{{name}}"}""");
            return ((string)answer["taskDefinition"]!["taskDefinitionArn"]!, (string)answer["taskDefinition"]!["status"]!);
        }
    }

    [Fact]
    public async Task Lists_LongerThanAPage_GoOnWithTheToken()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        for (var count = 0; count < 5; count++)
        {
            await controlPlane.RegisterWebAsync();
        }

        var found = new List<string>();
        string? token = null;
        do
        {
            var page = await controlPlane.OkAsync(
                "ListTaskDefinitions", new JsonObject { ["maxResults"] = 2, ["sort"] = "DESC", ["nextToken"] = token }.ToJsonString());
            found.AddRange(Arns(page, "taskDefinitionArns").Select(arn => arn.Split(':')[^1]));
            token = (string?)page["nextToken"];
        }
        while (token is not null);

        Assert.Equal(["5", "4", "3", "2", "1"], found);
    }

    [Fact]
    public async Task Clusters_AreCreatedOnce_ListedAndDescribed()
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        await controlPlane.OkAsync("CreateCluster", """{"clusterName":"lab","tags":[{"key":"k","value":"v"}]}""");
        await controlPlane.OkAsync("CreateCluster", """{"clusterName":"lab"}""");

        var listed = Arns(await controlPlane.OkAsync("ListClusters", "{}"), "clusterArns");
        var described = await controlPlane.OkAsync("DescribeClusters", """{"clusters":["lab","none"],"include":["TAGS"]}""");

        Assert.Equal(["arn:aws:ecs:us-east-1:000000000000:cluster/lab"], listed);
        Assert.Equal("v", (string)described["clusters"]![0]!["tags"]![0]!["value"]!);
        Assert.Equal(
            "arn:aws:ecs:us-east-1:000000000000:cluster/none|MISSING",
            $"{described["failures"]![0]!["arn"]}|{described["failures"]![0]!["reason"]}");
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Host", "evil.example")]
    public async Task Request_OfAWebPage_IsForbidden(string header, string value)
    {
        await using var controlPlane = await ControlPlaneFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, controlPlane.Server.Endpoint);
        request.Headers.Add(header, value);

        using var response = await controlPlane.Http.SendAsync(request, ControlPlaneFixture.Soon);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Options_OutOfRange_AreAllNamed()
    {
        var options = new LocalControlPlaneOptions
        {
            AccountId = "12",
            Region = " ",
            HeartbeatInterval = TimeSpan.FromMinutes(2),
            TasksPerPayload = 0,
        };

        var problem = await Assert.ThrowsAsync<ArgumentException>(() => ControlPlaneFixture.StartAsync(options));

        Assert.All(
            ["AccountId", "Region", "HeartbeatInterval", "TasksPerPayload"],
            name => Assert.Contains(name, problem.Message, StringComparison.Ordinal));
    }

    private static List<string> Arns(JsonNode answer, string member) => [.. answer[member]!.AsArray().Select(arn => (string)arn!)];
}
