using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Presentation;

namespace Ecs.Agent.Host.Tests.Presentation;

public sealed class LineWriterTests
{
    [Fact]
    public void PassingLine_FollowedByAnother_IsClearedFirst()
    {
        var output = new StringWriter { NewLine = "\n" };
        var writer = new LineWriter(new CommandConsole(output, TextWriter.Null));

        writer.Write([new Line("first"), new Line("10 %", Passing: true)]);
        writer.Write([new Line("20 %", Passing: true), new Line("last")]);

        Assert.Equal("first\n10 %\r\e[K20 %\r\e[Klast\n", output.ToString());
    }

    [Fact]
    public void Lines_FromManyThreads_StayWhole()
    {
        var output = new StringWriter { NewLine = "\n" };
        var writer = new LineWriter(new CommandConsole(output, TextWriter.Null));

        Parallel.For(0, 200, i => writer.Write([new Line(new string((char)('a' + (i % 26)), 50))]));

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(200, lines.Length);
        Assert.All(lines, line => Assert.Equal(new string(line[0], 50), line));
    }
}
