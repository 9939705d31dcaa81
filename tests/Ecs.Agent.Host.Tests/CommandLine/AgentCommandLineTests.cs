using Ecs.Agent.Host.CommandLine;

namespace Ecs.Agent.Host.Tests.CommandLine;

public sealed class AgentCommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly List<object> _handled = [];

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("up")]
    [InlineData("local")]
    [InlineData("local run")]
    [InlineData("local run a.json b.json")]
    [InlineData("local run a.json --unknown")]
    [InlineData("local run --unknown")]
    [InlineData("local run a.json --port 65536")]
    [InlineData("local up --port -1")]
    [InlineData("local up --port x")]
    [InlineData("local up --instances -1")]
    [InlineData("local up --instances 101")]
    [InlineData("run now")]
    [InlineData("explain a b")]
    [InlineData("explain --log-lines -1")]
    [InlineData("explain --log-lines 10001")]
    [InlineData("explain --unknown")]
    [InlineData("doctor now")]
    [InlineData("check")]
    [InlineData("check a.json b.json")]
    [InlineData("check --unknown")]
    [InlineData("check a.json --for moon")]
    public async Task Invoke_InputThatIsNoCommand_IsAUsageError(string input)
    {
        Assert.Equal(ExitCodes.Usage, await InvokeAsync(input));
        Assert.Contains("--help", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task Invoke_NumberOutsideItsRange_NamesTheOptionAndTheRule()
    {
        await InvokeAsync("local up --instances 101");

        Assert.Contains("--instances must be between 0 and 100, not 101.", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("ecs-agent local up --help", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LocalRun_WithItsDefaults_RunsTheFile()
    {
        Assert.Equal(7, await InvokeAsync("local run a.json"));
        Assert.Equal([new LocalRunOptions("a.json", Port: 0, Keep: false, Verbose: false)], _handled);
    }

    [Fact]
    public async Task LocalRun_WithEveryOption_PassesThemOn()
    {
        await InvokeAsync("local run - --port 8000 --keep --verbose");

        Assert.Equal([new LocalRunOptions("-", Port: 8000, Keep: true, Verbose: true)], _handled);
    }

    [Fact]
    public async Task LocalUp_WithItsDefaults_UsesTheFixedPortAndOneInstance()
    {
        Assert.Equal(6, await InvokeAsync("local up"));
        Assert.Equal([new LocalUpOptions(51700, Instances: 1, Keep: false, Verbose: false)], _handled);
    }

    [Fact]
    public async Task LocalUp_WithEveryOption_PassesThemOn()
    {
        await InvokeAsync("local up --port 0 --instances 3 --keep -v");

        Assert.Equal([new LocalUpOptions(0, Instances: 3, Keep: true, Verbose: true)], _handled);
    }

    [Fact]
    public async Task Check_WithItsDefaults_ChecksTheFile()
    {
        Assert.Equal(3, await InvokeAsync("check a.json"));
        Assert.Equal(("a.json", false, ""), AsChecked());
    }

    [Fact]
    public async Task Check_WithEveryOption_PassesThemOn()
    {
        await InvokeAsync("check - --json --for fargate --for local");

        Assert.Equal(("-", true, "Local,Fargate"), AsChecked());
    }

    [Fact]
    public async Task Doctor_WithoutAndWithADirectory_PassesItOn()
    {
        Assert.Equal(8, await InvokeAsync("doctor"));
        Assert.Equal(8, await InvokeAsync("doctor --data-dir /data"));
        Assert.Equal(["", "/data"], _handled);
    }

    [Fact]
    public async Task Explain_WithItsDefaults_AsksForTheList()
    {
        Assert.Equal(4, await InvokeAsync("explain"));
        Assert.Equal([new ExplainOptions(Task: null, Json: false, LogLines: 10)], _handled);
    }

    [Fact]
    public async Task Explain_WithEveryOption_PassesThemOn()
    {
        await InvokeAsync("explain 694e --json --log-lines 0");

        Assert.Equal([new ExplainOptions("694e", Json: true, LogLines: 0)], _handled);
    }

    [Fact]
    public async Task Run_Invoked_GivesTheAgentsExitCode()
    {
        Assert.Equal(5, await InvokeAsync("run"));
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task Version_Invoked_PrintsNameAndNumber(string input)
    {
        Assert.Equal(0, await InvokeAsync(input));
        Assert.Matches(@"^ecs-agent \d+\.\d+\.\d+\s*$", _output.ToString());
    }

    [Theory]
    [InlineData("--help", "local")]
    [InlineData("run --help", "ECS_BACKEND_HOST")]
    [InlineData("local run --help", "ecs-agent local run examples/hello.json")]
    [InlineData("local run --help", "65  the task definition has mistakes")]
    [InlineData("doctor --help", "ecs-agent doctor --data-dir /var/lib/ecs/data")]
    [InlineData("check --help", "ecs-agent check --for fargate task-definition.json")]
    [InlineData("check --help", "74  it has no mistakes, but does not run on a target that --for names")]
    [InlineData("explain --help", "ecs-agent explain 694e8e11")]
    [InlineData("explain --help", "67  no agent on this machine knows such a task")]
    [InlineData("local up --help", "--endpoint-url http://127.0.0.1:51700")]
    [InlineData("local up --help", "--keep")]
    public async Task Help_OfACommand_HoldsItsExamplesAndExitCodes(string input, string expected)
    {
        Assert.Equal(0, await InvokeAsync(input));
        Assert.Contains(expected, _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
        Assert.Empty(_handled);
    }

    private (string File, bool Json, string Required) AsChecked()
    {
        var options = Assert.IsType<CheckOptions>(Assert.Single(_handled));
        return (options.File, options.Json, string.Join(',', options.Required));
    }

    private Task<int> InvokeAsync(string input)
    {
        var handlers = new CommandHandlers
        {
            Run = _ => Task.FromResult(5),
            Check = (options, _) => Handle(options, 3),
            Doctor = (directory, _) => Handle(directory ?? "", 8),
            Explain = (options, _) => Handle(options, 4),
            LocalUp = (options, _) => Handle(options, 6),
            LocalRun = (options, _) => Handle(options, 7),
        };
        return new AgentCommandLine(new CommandConsole(_output, _error), handlers)
            .InvokeAsync(input.Split(' ', StringSplitOptions.RemoveEmptyEntries), TestContext.Current.CancellationToken);
    }

    private Task<int> Handle(object options, int exitCode)
    {
        _handled.Add(options);
        return Task.FromResult(exitCode);
    }
}
