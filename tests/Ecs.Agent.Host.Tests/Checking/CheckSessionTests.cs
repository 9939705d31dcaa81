using System.Text.Json.Nodes;
using Ecs.Agent.Host.Checking;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

namespace Ecs.Agent.Host.Tests.Checking;

/// <summary>The command on texts of standard input, with what this very machine is.</summary>
public sealed class CheckSessionTests : IDisposable
{
    private const string Plain = """{"family":"a","containerDefinitions":[{"name":"x","image":"i","memory":64}]}""";

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData(Plain, ExitCodes.Success)]
    [InlineData(Plain, ExitCodes.Success, CheckTarget.Local, CheckTarget.Ec2, CheckTarget.External)]
    [InlineData(Plain, ExitCodes.TargetRefuses, CheckTarget.Local, CheckTarget.Fargate)]
    [InlineData("""{"family":"a b","containerDefinitions":[]}""", ExitCodes.DefinitionInvalid, CheckTarget.Fargate)]
    [InlineData("{", ExitCodes.DefinitionInvalid)]
    [InlineData("""{"family":"a","volumes":[{"name":"v"}],"containerDefinitions":[{"name":"x","image":"i","memory":64}]}""", ExitCodes.Success)]
    public async Task Run_Definition_GivesItsExitCode(string text, int exitCode, params CheckTarget[] required)
    {
        Assert.Equal(exitCode, await RunAsync(text, json: false, required: required));
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Run_FileThatIsNotThere_IsAnErrorOfItsOwn()
    {
        Assert.Equal(ExitCodes.FileUnreadable, await RunAsync("", json: false, file: "/nowhere/x.json"));
        Assert.Equal("ecs-agent: /nowhere/x.json cannot be read: there is no such file\n", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Run_SettingsThatCannotBeUsed_IsAnErrorOfItsOwn()
    {
        var exitCode = await RunAsync(Plain, json: false, environment: new Dictionary<string, string> { ["ECS_AVAILABLE_LOGGING_DRIVERS"] = "[\"x\"]" });

        Assert.Equal(ExitCodes.TaskNotStarted, exitCode);
        Assert.StartsWith("ecs-agent: The environment cannot be used: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SettingOfTheEnvironment_DecidesWhatThisMachineOffers()
    {
        const string Privileged = """{"family":"a","containerDefinitions":[{"name":"x","image":"i","memory":64,"privileged":true}]}""";

        Assert.Equal(ExitCodes.Success, await RunAsync(Privileged, json: false, required: CheckTarget.Local));
        Assert.Equal(
            ExitCodes.TargetRefuses,
            await RunAsync(
                Privileged, json: false, environment: new Dictionary<string, string> { ["ECS_DISABLE_PRIVILEGED"] = "true" },
                required: CheckTarget.Local));
        Assert.Contains("ECS_DISABLE_PRIVILEGED is set.", _output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The names of the document, which programs rely on.</summary>
    [Fact]
    public async Task Run_Json_HasTheDocumentedMembers()
    {
        var exitCode = await RunAsync(
            """
            {"family":"a","executionRoleArn":null,"requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc","cpu":"256","memory":"512",
             "volumes":[{"name":"v"}],"containerDefinitions":[{"name":"x","image":"i","privileged":true}]}
            """,
            json: true);

        var document = JsonNode.Parse(_output.ToString())!;
        Assert.Equal(ExitCodes.DefinitionInvalid, exitCode);
        Assert.Equal(
            ["file", "family", "containers", "valid", "notes", "mistakes", "warnings", "targets", "fields"],
            document.AsObject().Select(member => member.Key));
        Assert.Equal(("standard input", "a", false), ((string)document["file"]!, (string)document["family"]!, (bool)document["valid"]!));
        Assert.Equal("""["x"]""", document["containers"]!.ToJsonString());
        Assert.Equal("Took 1 null member as absent.", (string)Assert.Single(document["notes"]!.AsArray())!);
        AssertJson(
            """[{"path":"containerDefinitions[0].privileged","rule":"Tasks using the Fargate launch type do not support privileged."}]""",
            document["mistakes"]!);
        AssertJson("""[{"path":"volumes[0].name","rule":"No container mounts the volume 'v'."}]""", document["warnings"]!);
        Assert.Equal(["local", "ec2", "fargate", "external"], document["targets"]!.AsArray().Select(target => (string)target!["name"]!));
        AssertJson(
            """
            {"name":"fargate","runs":false,"findings":[{"path":"containerDefinitions[0].privileged","kind":"refused",
              "text":"Tasks using the Fargate launch type do not support privileged."}]}
            """,
            document["targets"]![2]!);
        AssertJson(
            """
            {"path":"volumes[0].name","member":"volumes[].name","agent":"honoured",
             "arrives":"`name`: what mount points refer to; part of the Docker volume's name",
             "local":"honoured","ec2":"honoured","fargate":"honoured","external":"honoured"}
            """,
            document["fields"]!.AsArray().First(field => (string)field!["path"]! == "volumes[0].name")!);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    private async Task<int> RunAsync(
        string text, bool json, string file = "-", Dictionary<string, string>? environment = null, params CheckTarget[] required)
    {
        using var input = new StringReader(text);
        var session = new CheckSession(
            new CommandConsole(_output, _error), input, environment ?? [], TimeProvider.System);
        return await session.RunAsync(new CheckOptions(file, json, [.. required]), TestContext.Current.CancellationToken);
    }
}
