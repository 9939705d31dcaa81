using Ecs.Agent.Host.CommandLine;

namespace Ecs.Agent.Host.Tests.CommandLine;

public sealed class CommandConsoleTests
{
    [Fact]
    public void Console_WhoseOutputIsRedirected_IsNoTerminalAndHasNoColours()
    {
        // The test command reads the output of every test project from a file.
        Assert.SkipUnless(Console.IsOutputRedirected, "Somebody watches this run.");

        var console = CommandConsole.OfProcess(new Dictionary<string, string> { ["TERM"] = "xterm" });

        Assert.False(console.IsTerminal);
        Assert.False(console.Colours);
    }

    [Theory]
    [InlineData("xterm", null, true)]
    [InlineData("xterm", "", true)]
    [InlineData("xterm", "1", false)]
    [InlineData("dumb", null, false)]
    [InlineData(null, null, true)]
    public void Colours_OnATerminal_FollowTheEnvironment(string? term, string? noColor, bool expected)
    {
        var environment = new Dictionary<string, string>();
        if (term is not null)
        {
            environment["TERM"] = term;
        }

        if (noColor is not null)
        {
            environment["NO_COLOR"] = noColor;
        }

        Assert.Equal(expected, CommandConsole.Of(TextWriter.Null, TextWriter.Null, isRedirected: false, environment).Colours);
    }
}
